package io.dettrace.formats.kernel;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a text file, one at a time, with their places. Lines end with LF or CR LF; a byte order mark before the first
 * is skipped. What is no UTF-8 (names of threads are any bytes) appears as U+FFFD.
 */
public final class TraceLines implements Closeable {
    /** Longest line in bytes, without its line end. */
    public static final int MAX_LINE = 16 << 20;

    private static final int FIRST_SIZE = 1 << 18;

    private final InputStream in;
    private final String name;
    private byte[] buf = new byte[FIRST_SIZE];
    private int filled;
    private int next;
    private long bufferOffset;
    private boolean ended;

    private int start;
    private int end;
    private long number;
    private String text;

    /** Opens the file. */
    public TraceLines(InputFile file) throws IOException {
        in = file.open();
        name = file.name();
        try {
            while (filled < InputFile.UTF8_BOM_LENGTH && !ended) {
                fill();
            }
        } catch (IOException e) {
            in.close();
            throw e;
        }
        next = InputFile.bomLength(buf, filled);
    }

    /** Moves to the next line; false at the end of the file. */
    public boolean advance() throws IOException {
        int searched = next;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (buf[i] == '\n') {
                    take(i, i + 1);
                    return true;
                }
            }
            searched = filled;
            if (ended) {
                if (next == filled) {
                    return false;
                }
                take(filled, filled);
                return true;
            }
            searched -= next;
            fill();
        }
    }

    private void take(int lineEnd, int after) throws InputException {
        start = next;
        end = lineEnd > start && buf[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (end - start > MAX_LINE) {
            throw tooLong();
        }
        next = after;
        number++;
        text = null;
    }

    private InputException tooLong() {
        String what = "the line is longer than the limit of " + MAX_LINE + " bytes; is this a file of lines?";
        return InputException.at(name, number + 1, 0, bufferOffset + next, what);
    }

    /** Moves the unread rest to the front and reads more behind it. */
    private void fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buf, next, buf, 0, filled - next);
            bufferOffset += next;
            filled -= next;
            next = 0;
        }
        if (filled == buf.length) {
            if (filled > MAX_LINE + 2) {
                throw tooLong();
            }
            buf = Arrays.copyOf(buf, 2 * buf.length);
        }
        int n = in.read(buf, filled, buf.length - filled);
        if (n < 0) {
            ended = true;
        } else {
            filled += n;
        }
    }

    /** The line without its line end. */
    public String text() {
        if (text == null) {
            text = new String(buf, start, end - start, StandardCharsets.UTF_8);
        }
        return text;
    }

    /** Bytes of the part of the line from character {@code from} to its end. */
    public int bytesFrom(int from) {
        String line = text();
        return line.length() == end - start
                ? line.length() - from
                : Math.min(end - start, line.substring(from).getBytes(StandardCharsets.UTF_8).length);
    }

    /** Number of the line, from 1. */
    public long number() {
        return number;
    }

    /** Offset of the line's first byte in the file. */
    public long offset() {
        return bufferOffset + start;
    }

    /** Bytes of the line. */
    public int length() {
        return end - start;
    }

    /** Bytes of the file up to the end of the current line. */
    public long bytesRead() {
        return bufferOffset + next;
    }

    /** {@code file:line} of the current line. */
    public String place() {
        return name + ":" + number;
    }

    /** That the current line is not what it should be. */
    public InputException broken(String what) {
        return InputException.at(name, number, 0, offset(), what);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
