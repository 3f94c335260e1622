package io.dettrace.formats;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of text files with all their fields, in the order of the files. */
final class TextRecords implements RecordReader {
    private final TextSource source;
    private final Mapping everything;
    private final ReadContext context;
    private final List<String> labels;
    private final EventRecord record = new EventRecord();
    private final Tap tap;
    private final EventBlock block = new EventBlock();
    private EventFormat.FileReader reader;
    private int next;
    private boolean ended = true;
    private long bytesBefore;

    /**
     * A reader of all files.
     *
     * @param mapping how the files are read; only its clocks, pattern and delimiter are looked at
     */
    TextRecords(TextSource source, Mapping mapping, ReadContext context) {
        this.source = source;
        this.context = context;
        labels = source.labels();
        Mapping.Builder all = Mapping.builder();
        mapping.fields(Role.CLOCK).forEach(p -> all.field(Role.CLOCK, p));
        mapping.pattern().ifPresent(all::pattern);
        mapping.delimiter().ifPresent(all::delimiter);
        everything = all.build();
        tap = new Tap(everything);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (ended) {
                if (next == source.readers()) {
                    return false;
                }
                reader = source.open(next++, everything, tap, context);
                ended = false;
            }
            tap.filled = false;
            room();
            ended = !reader.fill(block);
            if (ended) {
                bytesBefore += reader.bytesRead();
                reader.close();
                reader = null;
            }
            if (tap.filled) {
                if (source.addsFileName()) {
                    record.text(MappingInference.FILE, labels.get(next - 1));
                }
                return true;
            }
        }
    }

    /** Leaves room for one event, so that the reader stops behind each. */
    private void room() {
        block.clear();
        while (block.size < EventBlock.CAPACITY - 1) {
            block.size++;
        }
    }

    @Override
    public long bytesRead() {
        return bytesBefore + (reader == null ? 0 : reader.bytesRead());
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }

    /** Takes the fields instead of making a label of them. */
    private final class Tap extends EventAssembler {
        private boolean filled;

        Tap(Mapping mapping) {
            super(mapping, new LaneTable(), Map.of(), Optional.empty());
        }

        @Override
        public void begin() {
            record.clear();
        }

        @Override
        public void field(FieldPlan plan, Field.Type type, long digest, byte[] bytes, int offset, int length) {
            record.value(record.path(plan.path()), type, bytes, offset, length);
        }

        @Override
        public void end(EventBlock into, int file, long line, long offset, int length) {
            record.at(file, line, offset, length);
            filled = true;
            into.size++;
        }
    }
}
