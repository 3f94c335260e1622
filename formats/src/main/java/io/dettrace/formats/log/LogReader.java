package io.dettrace.formats.log;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The events of one log: a line with a header and the lines behind it that have none. */
final class LogReader implements RecordReader {
    /** Bytes of an event; lines beyond are events of their own. */
    static final int MAX_EVENT = 1 << 20;

    private final InputFile file;
    private final int number;
    private final LogStyle style;
    private final ReadContext context;
    private final TextLines lines;
    private final EventRecord record;
    private final LogEvent event;
    private final LogLine first = new LogLine();
    private final LogLine ahead = new LogLine();
    private boolean pending;
    private byte[] text = new byte[4096];
    private int textLength;
    private byte[] more = new byte[4096];
    private int moreLength;

    LogReader(
            InputFile file,
            int number,
            LogStyle style,
            ReadContext context,
            EventRecord record,
            LogEvent.Templates templates)
            throws IOException {
        this.file = file;
        this.number = number;
        this.style = style;
        this.context = context;
        this.record = record;
        event = new LogEvent(record, templates);
        lines = new TextLines(file);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (!pending) {
            if (!lines.next()) {
                return false;
            }
            pending = !isBlank();
        }
        pending = false;
        long line = lines.number();
        long offset = lines.offset();
        text = room(text, lines.end() - lines.start());
        textLength = clean(lines.bytes(), lines.start(), lines.end(), text);
        long end = offset + lines.end() - lines.start();
        LogLine.Kind kind = first.parse(text, 0, textLength);
        moreLength = 0;
        while (!pending && lines.next()) {
            if (isBlank()) {
                continue;
            }
            if (begins(kind)) {
                pending = true;
            } else if (end - offset > MAX_EVENT) {
                context.note(
                        "long_events",
                        "an event takes more than " + MAX_EVENT + " bytes; the lines behind are events of their own",
                        file.name() + ":" + line);
                pending = true;
            } else {
                append();
                end = lines.offset() + lines.end() - lines.start();
            }
        }
        write();
        record.at(number, line, offset, (int) (end - offset));
        return true;
    }

    private void write() {
        boolean jul = first.kind() == LogLine.Kind.HEADER && first.header().continuesWithLevel() && moreLength > 0;
        if (jul) {
            int lineEnd = 0;
            while (lineEnd < moreLength && more[lineEnd] != '\n') {
                lineEnd++;
            }
            // The level and the message stand on the second line; put behind the first they are an ordinary header.
            text = room(text, textLength + lineEnd + 3);
            byte[] joined = Arrays.copyOf(text, textLength + 1 + lineEnd);
            joined[textLength] = ' ';
            System.arraycopy(more, 0, joined, textLength + 1, lineEnd);
            event.write(first, joined, joined.length);
            if (lineEnd < moreLength) {
                event.detail(Arrays.copyOfRange(more, lineEnd + 1, moreLength), moreLength - lineEnd - 1);
            }
            return;
        }
        event.write(first, text, textLength);
        if (moreLength > 0) {
            event.detail(more, moreLength);
        }
    }

    private boolean isBlank() {
        for (int i = lines.start(); i < lines.end(); i++) {
            if (lines.bytes()[i] != ' ' && lines.bytes()[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** True if the line at hand begins an event, given what the event before began with. */
    private boolean begins(LogLine.Kind before) {
        byte[] b = lines.bytes();
        int from = lines.start();
        int to = lines.end();
        if (needsCleaning(b, from, to)) {
            byte[] cleaned = new byte[3 * (to - from)];
            to = clean(b, from, to, cleaned);
            from = 0;
            b = cleaned;
        }
        LogLine.Kind kind = ahead.parse(b, from, to);
        if (style == LogStyle.LEVELS) {
            return kind != LogLine.Kind.PLAIN || !isContinuation(b, from, to);
        }
        if (kind == LogLine.Kind.PLAIN) {
            return before == LogLine.Kind.PLAIN;
        }
        boolean second = before == LogLine.Kind.HEADER && first.header().continuesWithLevel() && moreLength == 0;
        return ahead.hasTime() || !second;
    }

    private static boolean isContinuation(byte[] b, int from, int to) {
        int c = from < to ? b[from] : ' ';
        if (c == ' ' || c == '\t' || c == '}' || c == ')' || c == ']') {
            return true;
        }
        String start = new String(b, from, Math.min(16, to - from), StandardCharsets.UTF_8);
        return start.startsWith("Caused by") || start.startsWith("at ") || start.startsWith("... ");
    }

    private void append() {
        more = room(more, moreLength + 1 + 3 * (lines.end() - lines.start()));
        if (moreLength > 0) {
            more[moreLength++] = '\n';
        }
        byte[] cleaned = new byte[3 * (lines.end() - lines.start())];
        int n = clean(lines.bytes(), lines.start(), lines.end(), cleaned);
        System.arraycopy(cleaned, 0, more, moreLength, n);
        moreLength += n;
    }

    private static byte[] room(byte[] bytes, int size) {
        int wanted = Math.max(16, 3 * size);
        return bytes.length >= wanted ? bytes : Arrays.copyOf(bytes, Math.max(wanted, bytes.length * 2));
    }

    private static boolean needsCleaning(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] < 0 || b[i] == 0x1B || b[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Copies a line without colours; what is no UTF-8 becomes U+FFFD. Returns its length. */
    private static int clean(byte[] b, int from, int to, byte[] out) {
        if (!needsCleaning(b, from, to)) {
            System.arraycopy(b, from, out, 0, to - from);
            return to - from;
        }
        byte[] bytes = new String(b, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        int n = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0x1B && i + 1 < bytes.length && bytes[i + 1] == '[') {
                i += 2;
                while (i < bytes.length && (bytes[i] < 0x40 || bytes[i] > 0x7E)) {
                    i++;
                }
            } else if (bytes[i] != 0) {
                out[n++] = bytes[i];
            }
        }
        return n;
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
