package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.ValueDigest;
import io.dettrace.testkit.Seeds;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** M3: identifiers that are renamed one to one make no difference; one that is mixed up does. */
class IdentifierRenamingTest {
    private static final Mapping MAPPING = Mapping.builder()
            .field(Role.LANE, "lane")
            .field(Role.ID, "request")
            .field(Role.EVENT, "span")
            .field(Role.LINK, "parent")
            .build();

    private record Row(String lane, String text, String request, String span, String parent) {}

    private static List<Row> rows(Random random) {
        List<Row> rows = new java.util.ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String parent = i == 0 || random.nextBoolean() ? "" : "s" + random.nextInt(i);
            rows.add(new Row(
                    "lane" + random.nextInt(4), "text" + random.nextInt(9), "r" + random.nextInt(20), "s" + i, parent));
        }
        return rows;
    }

    /** The rows as a reader hands them over, with each identifier renamed. */
    private static Run run(List<Row> rows, UnaryOperator<String> rename) {
        return new Delegate(new TestRun("rows", new TestTrace(), LinkForm.NONE)) {
            @Override
            public EventCursor events(LaneTable lanes) {
                EventAssembler assembler = new EventAssembler(MAPPING, lanes, Map.of(), Optional.empty());
                return new EventCursor() {
                    private int at;

                    @Override
                    public boolean next(EventBlock block) throws IOException {
                        block.clear();
                        while (at < rows.size() && !block.isFull()) {
                            Row row = rows.get(at++);
                            assembler.begin();
                            put(assembler, "lane", row.lane);
                            put(assembler, "text", row.text);
                            put(assembler, "request", rename.apply(row.request));
                            put(assembler, "span", rename.apply(row.span));
                            put(assembler, "parent", row.parent.isEmpty() ? "" : rename.apply(row.parent));
                            try {
                                assembler.end(block, 0, at, at, 1);
                            } catch (EventAssembler.ClockException e) {
                                throw new IOException(e);
                            }
                        }
                        return block.size > 0;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    private static void put(EventAssembler assembler, String path, String value) {
        FieldPlan plan = MAPPING.plan(path);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        assembler.field(plan, Field.Type.STRING, ValueDigest.of(bytes, 0, bytes.length), bytes, 0, bytes.length);
    }

    @Test
    void m3RenamedIdentifiersAreEqual() {
        Seeds.each(50, this::m3RenamedIdentifiersAreEqual);
    }

    private void m3RenamedIdentifiersAreEqual(long seed) {
        List<Row> rows = rows(new Random(seed));
        Comparison c = Compare.runs(run(rows, id -> id), run(rows, id -> "other-" + TestRun.digest(id + seed)));
        assertThat(c.isEqual()).as(Compare.describe(c)).isTrue();
        assertThat(c.matched()).isEqualTo(rows.size());
        assertThat(c.linked()).isTrue();
    }

    @Test
    void m3MixedUpIdentifierIsTheRoot() {
        Seeds.each(50, this::m3MixedUpIdentifierIsTheRoot);
    }

    private void m3MixedUpIdentifierIsTheRoot(long seed) {
        Random random = new Random(seed);
        List<Row> rows = rows(random);
        int at = 1 + random.nextInt(rows.size() - 1);
        List<Row> mixed = new java.util.ArrayList<>(rows);
        Row row = rows.get(at);
        mixed.set(at, new Row(row.lane, row.text, "never seen", row.span, row.parent));
        boolean first =
                rows.subList(0, at).stream().noneMatch(r -> r.lane.equals(row.lane) && r.request.equals(row.request));
        Comparison c = Compare.runs(run(rows, id -> id), run(mixed, id -> id));
        if (!first) {
            assertThat(c.roots()).as(Compare.describe(c)).isNotEmpty();
            assertThat(c.roots().get(0).index()).isEqualTo(at);
        }
    }
}
