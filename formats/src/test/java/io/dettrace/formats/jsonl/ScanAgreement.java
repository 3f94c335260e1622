package io.dettrace.formats.jsonl;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import io.dettrace.formats.Rows;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the same lines on the fast and on the exact path and throws {@link AssertionError} where they differ. What the
 * scanner declines is no difference, as the exact path takes it.
 */
final class ScanAgreement {
    private final LaneTable fastLanes = new LaneTable();
    private final LaneTable exactLanes = new LaneTable();
    private final Recorder fast;
    private final Recorder exact;
    private final FastScanner scanner;
    private final JsonRecord record;
    private final EventBlock fastBlock = new EventBlock();
    private final EventBlock exactBlock = new EventBlock();
    private int accepted;
    private int declined;
    private int rejected;

    ScanAgreement(Mapping mapping, Optional<String> run) {
        fast = new Recorder(mapping, fastLanes, run);
        exact = new Recorder(mapping, exactLanes, run);
        scanner = new FastScanner(mapping, fast);
        record = new JsonRecord(mapping, false, false);
    }

    /** Lines that the fast path read. */
    int accepted() {
        return accepted;
    }

    /** Lines that are good but left to the exact path. */
    int declined() {
        return declined;
    }

    /** Lines that neither takes. */
    int rejected() {
        return rejected;
    }

    /** Reads the line that is {@code bytes[from, to)}. */
    void line(byte[] bytes, int from, int to) {
        fast.begin();
        boolean taken = scanner.scan(bytes, from, to);
        try {
            record.read(bytes, from, to);
        } catch (JsonRecord.Malformed e) {
            rejected++;
            if (taken) {
                throw difference(
                        "the fast path took what the exact path rejects (" + e.getMessage() + ")", bytes, from, to);
            }
            return;
        }
        if (!taken) {
            declined++;
            return;
        }
        accepted++;
        exact.begin();
        record.feed(exact);
        if (!fast.fields.equals(exact.fields)) {
            throw difference("fields are " + fast.fields + ", exactly " + exact.fields, bytes, from, to);
        }
        String fastEnd = end(fast, fastBlock);
        String exactEnd = end(exact, exactBlock);
        List<Rows.Row> fastRows = Rows.of(fastBlock, 0, fastLanes);
        List<Rows.Row> exactRows = Rows.of(exactBlock, 0, exactLanes);
        if (!fastEnd.equals(exactEnd) || !fastRows.equals(exactRows)) {
            throw difference("rows are " + fastRows + fastEnd + ", exactly " + exactRows + exactEnd, bytes, from, to);
        }
    }

    private String end(Recorder assembler, EventBlock block) {
        block.clear();
        try {
            assembler.end(block, 0, 1, 0, 1);
            return "";
        } catch (EventAssembler.ClockException e) {
            return e.getMessage();
        }
    }

    private static AssertionError difference(String what, byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return new AssertionError(
                what + "\n  line " + text + "\n  bytes " + Arrays.toString(Arrays.copyOfRange(bytes, from, to)));
    }

    /** Remembers the fields of the event, in order. */
    private static final class Recorder extends EventAssembler {
        final List<List<Object>> fields = new ArrayList<>();

        Recorder(Mapping mapping, LaneTable lanes, Optional<String> run) {
            super(mapping, lanes, Map.of(), run);
        }

        @Override
        public void begin() {
            super.begin();
            fields.clear();
        }

        @Override
        public void field(FieldPlan plan, Field.Type type, long digest, byte[] bytes, int offset, int length) {
            super.field(plan, type, digest, bytes, offset, length);
            String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            fields.add(List.of(plan.path(), plan.roles(), type, plan.needsDigest() ? digest : 0L, text));
        }
    }
}
