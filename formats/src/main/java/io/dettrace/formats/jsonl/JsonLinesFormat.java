package io.dettrace.formats.jsonl;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.EventFormat;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON lines: each line is a JSON object (RFC 8259, UTF-8), and each object is an event.
 *
 * <p>Blank lines are skipped. Lines end with LF or CR LF. A last line without a line end that is not complete JSON was cut
 * when the program died: it is left out and counted. Everything else that is not a JSON object, and an object with a key
 * twice, is an error with its place, or with {@code lenient} left out and counted.
 */
public final class JsonLinesFormat implements EventFormat {
    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public FileReader open(
            InputFile file, int fileNumber, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException {
        return new Reader(file, fileNumber, mapping, assembler, context);
    }

    @Override
    public List<List<Field>> sample(InputFile file, Mapping mapping, int limit, ReadContext context)
            throws IOException {
        List<List<Field>> records = new ArrayList<>();
        JsonRecord exact = new JsonRecord(mapping, context.lenient(), true);
        try (LineBuffer lines = new LineBuffer(file.open(), file.name())) {
            while (records.size() < limit && lines.advance()) {
                if (lines.isBlank()) {
                    continue;
                }
                try {
                    exact.read(lines.bytes(), lines.start(), lines.end());
                    records.add(exact.fields());
                } catch (JsonRecord.Malformed e) {
                    broken(e, lines, file, context);
                }
            }
        }
        return records;
    }

    @Override
    public List<Field> fields(byte[] text, Mapping mapping) throws IOException {
        try {
            JsonRecord exact = new JsonRecord(mapping, true, true);
            exact.read(text, 0, text.length);
            return exact.fields();
        } catch (JsonRecord.Malformed e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** Counts or throws what is wrong with a line. */
    private static void broken(JsonRecord.Malformed e, LineBuffer lines, InputFile file, ReadContext context)
            throws InputException {
        String place = file.name() + ":" + lines.number();
        if (!lines.isTerminated() && e.isCut()) {
            context.note("cut_last_line", "the last line is cut off and was left out", place);
        } else if (context.lenient()) {
            context.note("broken_lines", "lines that are not JSON objects were left out", place);
        } else {
            throw InputException.at(
                    file.name(),
                    lines.number(),
                    e.offset() + 1,
                    lines.offset() + e.offset(),
                    e.getMessage() + "; --lenient leaves such lines out and counts them");
        }
    }

    private static final class Reader implements FileReader {
        private final InputFile file;
        private final int fileNumber;
        private final EventAssembler assembler;
        private final ReadContext context;
        private final LineBuffer lines;
        private final JsonRecord exact;
        private final FastScanner scanner;

        Reader(InputFile file, int fileNumber, Mapping mapping, EventAssembler assembler, ReadContext context)
                throws IOException {
            this.file = file;
            this.fileNumber = fileNumber;
            this.assembler = assembler;
            this.context = context;
            lines = new LineBuffer(file.open(), file.name());
            scanner = new FastScanner(mapping, assembler);
            exact = new JsonRecord(mapping, context.lenient(), false);
        }

        @Override
        public boolean fill(EventBlock block) throws IOException {
            while (!block.isFull()) {
                if (!lines.advance()) {
                    return false;
                }
                if (!lines.isBlank()) {
                    read(block);
                }
            }
            return true;
        }

        private void read(EventBlock block) throws IOException {
            assembler.begin();
            try {
                if (!scanner.scan(lines.bytes(), lines.start(), lines.end())) {
                    assembler.begin();
                    exact.read(lines.bytes(), lines.start(), lines.end());
                    exact.feed(assembler);
                    noteDuplicates();
                }
                assembler.end(block, fileNumber, lines.number(), lines.offset(), lines.end() - lines.start());
            } catch (JsonRecord.Malformed e) {
                broken(e, lines, file, context);
            } catch (EventAssembler.ClockException e) {
                brokenClock(e);
            }
        }

        private void noteDuplicates() {
            for (int i = 0; i < exact.duplicates(); i++) {
                context.note(
                        "duplicate_keys",
                        "keys that stand twice in one object; the last value counts",
                        file.name() + ":" + lines.number());
            }
        }

        private void brokenClock(EventAssembler.ClockException e) throws InputException {
            if (!context.lenient()) {
                throw InputException.at(file.name(), lines.number(), 0, lines.offset(), e.getMessage());
            }
            context.note("broken_events", e.getMessage(), file.name() + ":" + lines.number());
        }

        @Override
        public long bytesRead() {
            return lines.bytesRead();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
