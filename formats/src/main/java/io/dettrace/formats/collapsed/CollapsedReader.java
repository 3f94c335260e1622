package io.dettrace.formats.collapsed;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.kernel.TraceLines;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;

/** Reads the stacks of one file, a line each. */
final class CollapsedReader implements RecordReader {
    /** Different stacks that a file may have, as each is a lane. */
    static final int MAX_STACKS = 2_000_000;

    private final InputFile file;
    private final int number;
    private final ReadContext context;
    private final TraceLines lines;
    private final EventRecord record = new EventRecord();
    private final int root = record.path("root");
    private final int stack = record.path("stack");
    private final int count = record.path("count");
    private final int before = record.path("count_before");
    private long events;

    CollapsedReader(InputFile file, int number, ReadContext context) throws IOException {
        this.file = file;
        this.number = number;
        this.context = context;
        lines = new TraceLines(file);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (lines.advance()) {
            String line = lines.text().strip();
            if (!line.isEmpty() && !line.startsWith("#") && take(line)) {
                if (++events > MAX_STACKS) {
                    throw lines.broken("the file has more than " + MAX_STACKS + " stacks, which is the limit");
                }
                return true;
            }
        }
        if (events == 0) {
            throw new InputException(file.name() + ": there is no stack in it");
        }
        return false;
    }

    private boolean take(String line) throws InputException {
        int last = countAt(line, line.length());
        if (last < 0) {
            broken(line);
            return false;
        }
        int end = line.substring(0, last).stripTrailing().length();
        int first = countAt(line, end);
        int stackEnd =
                first < 0 ? end : line.substring(0, first).stripTrailing().length();
        String frames = line.substring(0, stackEnd);
        int semicolon = frames.indexOf(';');
        record.clear();
        record.at(number, lines.number(), lines.offset(), lines.length());
        record.text(root, semicolon < 0 ? frames : frames.substring(0, semicolon));
        record.text(stack, frames);
        if (first >= 0) {
            number(before, line.substring(first, end));
        }
        number(count, line.substring(last));
        return true;
    }

    private void number(int path, String text) {
        int from = 0;
        while (from + 1 < text.length() && text.charAt(from) == '0' && text.charAt(from + 1) != '.') {
            from++;
        }
        String plain = text.substring(from);
        record.decimal(path, plain.endsWith(".") ? plain + "0" : plain);
    }

    /** Where the number begins that ends at {@code end} and has a blank and something else before it, or -1. */
    static int countAt(String line, int end) {
        int at = end;
        int points = 0;
        while (at > 0 && (isDigit(line.charAt(at - 1)) || line.charAt(at - 1) == '.')) {
            at--;
            points += line.charAt(at) == '.' ? 1 : 0;
        }
        boolean number = at < end && points <= 1 && isDigit(line.charAt(at));
        boolean apart = at > 1 && (line.charAt(at - 1) == ' ' || line.charAt(at - 1) == '\t');
        return number && apart && !line.substring(0, at).isBlank() ? at : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void broken(String line) throws InputException {
        String shown = line.length() > 80 ? line.substring(0, 80) + "..." : line;
        String what = "expected \"frame;frame;frame count\" and found no count behind \"" + shown + "\"";
        if (!context.lenient()) {
            throw lines.broken(what + "; --lenient leaves such lines out and counts them");
        }
        context.note("broken_lines", what, lines.place());
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
