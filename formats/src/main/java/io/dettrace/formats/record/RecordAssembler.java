package io.dettrace.formats.record;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.EventFormat;
import io.dettrace.formats.ReadContext;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.util.Arrays;

/** Hands the fields of every event to the assembler. */
public final class RecordAssembler implements EventFormat.FileReader {
    private final RecordReader reader;
    private final RecordInput input;
    private final Mapping mapping;
    private final EventAssembler assembler;
    private final ReadContext context;
    private FieldPlan[] plans = new FieldPlan[64];

    /** Whose path numbers {@link #plans} go by. */
    private EventRecord planned;

    /** Reads from {@code reader}, and closes it. */
    public RecordAssembler(
            RecordReader reader, RecordInput input, Mapping mapping, EventAssembler assembler, ReadContext context) {
        this.reader = reader;
        this.input = input;
        this.mapping = mapping;
        this.assembler = assembler;
        this.context = context;
    }

    @Override
    public boolean fill(EventBlock block) throws IOException {
        while (!block.isFull()) {
            if (!reader.next()) {
                return false;
            }
            assemble(reader.record(), block);
        }
        return true;
    }

    private void assemble(EventRecord event, EventBlock block) throws InputException {
        assembler.begin();
        byte[] bytes = event.bytes();
        int from = 0;
        for (int i = 0; i < event.size(); i++) {
            int to = event.end(i);
            FieldPlan plan = plan(event, event.path(i));
            if (!plan.isIgnored()) {
                Field.Type type = event.type(i);
                long digest = event.digest(i);
                if (digest == 0 && plan.needsDigest()) {
                    digest = type == Field.Type.NUMBER
                            ? ValueDigest.ofNumber(bytes, from, to - from)
                            : ValueDigest.of(bytes, from, to - from);
                }
                assembler.field(plan, type, digest, bytes, from, to - from);
            }
            from = to;
        }
        try {
            assembler.end(block, event.file(), event.line(), event.offset(), event.length());
        } catch (EventAssembler.ClockException e) {
            broken(event, e);
        }
    }

    private FieldPlan plan(EventRecord event, int path) {
        if (event != planned) {
            planned = event;
            Arrays.fill(plans, null);
        }
        if (path >= plans.length) {
            plans = Arrays.copyOf(plans, Math.max(path + 1, plans.length * 2));
        }
        FieldPlan plan = plans[path];
        if (plan == null) {
            plan = mapping.plan(event.pathNumbered(path));
            plans[path] = plan;
        }
        return plan;
    }

    private void broken(EventRecord event, EventAssembler.ClockException e) throws InputException {
        String file = input.files().get(event.file()).name();
        if (!context.lenient()) {
            throw InputException.at(
                    file,
                    event.line(),
                    0,
                    event.offset(),
                    e.getMessage() + "; --lenient leaves such events out and counts them");
        }
        context.note("broken_events", e.getMessage(), file + ":" + event.line());
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
