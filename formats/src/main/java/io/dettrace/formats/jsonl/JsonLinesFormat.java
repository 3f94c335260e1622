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
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JSON lines: each line is a JSON object (RFC 8259, UTF-8), and each object is an event.
 *
 * <p>Blank lines are skipped. Lines end with LF or CR LF; a byte order mark may stand before the first. A last line without
 * a line end that is not complete JSON was cut when the program died: it is left out and counted as {@code
 * cut_last_line}.
 *
 * <p>Every other line that is not a JSON object in valid UTF-8 is an error with its place, or with {@code lenient} left out
 * and counted as {@code broken_lines}. A key that stands twice in one object is an error too; with {@code lenient} its last
 * value counts, and {@code duplicate_keys} says how often. An event whose vector clock cannot be used is an error, or with
 * {@code lenient} left out and counted as {@code broken_events}.
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
        try (Lines lines = new Lines(file, mapping, context, true)) {
            while (records.size() < limit && lines.advance()) {
                if (lines.readExactly()) {
                    records.add(lines.exact.fields());
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
            throw new InputException("the event's text: " + e.getMessage() + " (byte " + e.offset() + ")", e);
        }
    }

    /** The lines of a file that are not blank, with the exact way to read one and the books of what is wrong with it. */
    private static final class Lines implements Closeable {
        final InputFile file;
        final ReadContext context;
        final LineBuffer line;
        final JsonRecord exact;

        Lines(InputFile file, Mapping mapping, ReadContext context, boolean keepIgnored) throws IOException {
            this.file = file;
            this.context = context;
            exact = new JsonRecord(mapping, context.lenient(), keepIgnored);
            line = new LineBuffer(file.open(), file.name());
        }

        boolean advance() throws IOException {
            while (line.advance()) {
                if (!line.isBlank() && !isHeader()) {
                    return true;
                }
            }
            return false;
        }

        private boolean isHeader() {
            return line.number() == 1 && RunHeader.begins(line.bytes(), line.start(), line.end());
        }

        /** Reads the line into {@link #exact}; false if it is broken and that is tolerated. */
        boolean readExactly() throws InputException {
            int invalid = Utf8.firstInvalid(line.bytes(), line.start(), line.end()) - line.start();
            try {
                exact.read(line.bytes(), line.start(), line.end());
            } catch (JsonRecord.Malformed e) {
                if (e.isCut() && !line.isTerminated() && line.first() == '{') {
                    context.note("cut_last_line", "the last line is cut off and was left out", place());
                } else if (invalid >= 0 && invalid <= e.offset()) {
                    notUtf8(invalid);
                } else {
                    broken(e.offset(), e.getMessage());
                }
                return false;
            }
            if (invalid >= 0) {
                notUtf8(invalid);
                return false;
            }
            for (int i = 0; i < exact.duplicates(); i++) {
                context.note("duplicate_keys", "of keys that stand twice in one object the last value counts", place());
            }
            return true;
        }

        private void notUtf8(int at) throws InputException {
            int value = line.bytes()[line.start() + at] & 0xFF;
            broken(at, String.format(Locale.ROOT, "expected UTF-8, found the byte 0x%02X", value));
        }

        private void broken(long at, String what) throws InputException {
            if (!context.lenient()) {
                throw InputException.at(
                        file.name(),
                        line.number(),
                        at + 1,
                        line.offset() + at,
                        what + "; --lenient tolerates and counts such lines");
            }
            context.note("broken_lines", "lines that are not JSON objects were left out", place());
        }

        void brokenClock(EventAssembler.ClockException e) throws InputException {
            if (!context.lenient()) {
                throw InputException.at(
                        file.name(),
                        line.number(),
                        0,
                        line.offset(),
                        e.getMessage() + "; --lenient leaves such events out and counts them");
            }
            context.note("broken_events", e.getMessage(), place());
        }

        private String place() {
            return file.name() + ":" + line.number();
        }

        @Override
        public void close() throws IOException {
            line.close();
        }
    }

    private static final class Reader implements FileReader {
        private final int fileNumber;
        private final EventAssembler assembler;
        private final Lines lines;
        private final LineBuffer line;
        private final FastScanner scanner;

        Reader(InputFile file, int fileNumber, Mapping mapping, EventAssembler assembler, ReadContext context)
                throws IOException {
            this.fileNumber = fileNumber;
            this.assembler = assembler;
            scanner = new FastScanner(mapping, assembler);
            lines = new Lines(file, mapping, context, false);
            line = lines.line;
        }

        @Override
        public boolean fill(EventBlock block) throws IOException {
            while (!block.isFull()) {
                if (!lines.advance()) {
                    return false;
                }
                read(block);
            }
            return true;
        }

        private void read(EventBlock block) throws IOException {
            assembler.begin();
            if (!scanner.scan(line.bytes(), line.start(), line.end())) {
                if (!lines.readExactly()) {
                    return;
                }
                assembler.begin();
                lines.exact.feed(assembler);
            }
            try {
                assembler.end(block, fileNumber, line.number(), line.offset(), line.end() - line.start());
            } catch (EventAssembler.ClockException e) {
                lines.brokenClock(e);
            }
        }

        @Override
        public long bytesRead() {
            return line.bytesRead();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
