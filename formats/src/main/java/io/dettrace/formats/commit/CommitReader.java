package io.dettrace.formats.commit;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The instructions of one log. An instruction may take several lines, so it is given when the next one begins. */
final class CommitReader implements RecordReader {
    private final EventRecord record = new EventRecord();
    private final InputFile file;
    private final int number;
    private final TextLines lines;
    private final LogKind kind;
    private final CommitOptions options;
    private final ReadContext context;
    private Commit before = new Commit();
    private Commit next = new Commit();
    private boolean ended;

    CommitReader(InputFile file, int number, LogKind kind, CommitOptions options, ReadContext context)
            throws IOException {
        this.file = file;
        this.number = number;
        this.kind = kind;
        this.options = options;
        this.context = context;
        lines = new TextLines(file);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (!ended) {
            if (!lines.next()) {
                ended = true;
                return before.open && give();
            }
            String line = new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
            next.clear();
            switch (kind.take(line, before, next)) {
                case NEW -> {
                    boolean full = before.open && give();
                    begin();
                    if (full) {
                        return true;
                    }
                }
                case MORE -> before.end = lines.offset() + lines.end() - lines.start();
                case SKIP -> {}
                case OTHER -> {
                    if (!line.isBlank()) {
                        note("other_lines", "a line is no part of the instruction log and is left out");
                    }
                }
                case BROKEN -> broken(line);
            }
        }
        return false;
    }

    private void begin() {
        Commit old = before;
        before = next;
        next = old;
        before.open = true;
        before.line = lines.number();
        before.offset = lines.offset();
        before.end = lines.offset() + lines.end() - lines.start();
    }

    private boolean give() {
        options.narrow(before);
        before.fill(record, number, kind.name());
        before.open = false;
        return true;
    }

    private void note(String code, String message) {
        context.note(code, message, file.name() + ":" + lines.number());
    }

    private void broken(String line) throws InputException {
        if (!context.lenient()) {
            throw InputException.at(
                    file.name(),
                    lines.number(),
                    0,
                    lines.offset(),
                    "expected an instruction as " + kind.name() + " logs it, found \"" + shown(line)
                            + "\"; --lenient leaves such lines out and counts them");
        }
        note("broken_events", "a line begins as one of the log and goes on wrong");
    }

    private static String shown(String line) {
        String cut = line.length() > 80 ? line.substring(0, 80) + "..." : line;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
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
