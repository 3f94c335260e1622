package io.dettrace.formats.jsonl;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The lines of a stream, one at a time, without copying: a line is a range of the buffer until the next call. Lines end
 * with LF or CR LF; a byte order mark before the first is skipped. The stream is closed with the buffer, also if its start
 * cannot be read.
 */
final class LineBuffer implements Closeable {
    /** Longest line in bytes, without its line end. */
    static final int MAX_LINE = 256 * 1024 * 1024;

    private static final int FIRST_SIZE = 1 << 18;

    /** A larger buffer is given back behind the long line that it was for. */
    private static final int KEEP = 1 << 24;

    private static final int LONGEST_LINE_END = 2;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';

    private final InputStream in;
    private final String name;
    private final int maxLine;
    private byte[] buf;
    private int filled;
    private int next;
    private long bufferOffset;
    private boolean ended;

    private int start;
    private int end;
    private long number;
    private boolean terminated;

    LineBuffer(InputStream in, String name) throws IOException {
        this(in, name, MAX_LINE, FIRST_SIZE);
    }

    LineBuffer(InputStream in, String name, int maxLine, int firstSize) throws IOException {
        this.in = in;
        this.name = name;
        this.maxLine = maxLine;
        buf = new byte[Math.max(firstSize, InputFile.UTF8_BOM_LENGTH)];
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

    /** Moves to the next line; false at the end of the stream. */
    boolean advance() throws IOException {
        int searched = next;
        while (true) {
            int lf = indexOfLineFeed(searched);
            if (lf >= 0) {
                return line(lf, true);
            }
            searched = filled;
            if (ended) {
                return next < filled && line(filled, false);
            }
            int shift = next;
            fill();
            searched -= shift;
        }
    }

    private boolean line(int lineEnd, boolean hasEnd) throws InputException {
        start = next;
        end = lineEnd > start && buf[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (end - start > maxLine) {
            throw tooLong();
        }
        next = hasEnd ? lineEnd + 1 : lineEnd;
        terminated = hasEnd;
        number++;
        return true;
    }

    private InputException tooLong() {
        String what = "the line is longer than the limit of " + maxLine + " bytes; is this a file of lines?";
        return InputException.at(name, number + 1, 0, bufferOffset + next, what);
    }

    /** Moves the unread rest to the front and reads more behind it. */
    private void fill() throws IOException {
        int rest = filled - next;
        if (next > 0) {
            byte[] room = buf.length > KEEP && rest < FIRST_SIZE ? new byte[FIRST_SIZE] : buf;
            System.arraycopy(buf, next, room, 0, rest);
            buf = room;
            bufferOffset += next;
            next = 0;
            filled = rest;
        }
        if (filled == buf.length) {
            long most = (long) maxLine + LONGEST_LINE_END;
            if (filled >= most) {
                throw tooLong();
            }
            buf = Arrays.copyOf(buf, (int) Math.min(2L * buf.length, most));
        }
        int n = in.read(buf, filled, buf.length - filled);
        if (n < 0) {
            ended = true;
        } else {
            filled += n;
        }
    }

    private int indexOfLineFeed(int from) {
        int p = from;
        for (; p + 8 <= filled; p += 8) {
            long word = (long) LONGS.get(buf, p) ^ LINE_FEEDS;
            long hit = (word - ONES) & ~word & HIGHS;
            if (hit != 0) {
                return p + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; p < filled; p++) {
            if (buf[p] == '\n') {
                return p;
            }
        }
        return -1;
    }

    byte[] bytes() {
        return buf;
    }

    /** First byte of the line in {@link #bytes()}. */
    int start() {
        return start;
    }

    /** Behind the last byte of the line, without its line end. */
    int end() {
        return end;
    }

    /** Number of the line, from 1. */
    long number() {
        return number;
    }

    /** Offset of the line's first byte in the stream. */
    long offset() {
        return bufferOffset + start;
    }

    /** False if the stream ended before the line did. */
    boolean isTerminated() {
        return terminated;
    }

    /** Bytes of the stream up to the end of the current line. */
    long bytesRead() {
        return bufferOffset + next;
    }

    /** True if there is nothing but white space of JSON on the line. */
    boolean isBlank() {
        return firstAt() == end;
    }

    /** The first byte that is not white space, on a line that is not blank. */
    byte first() {
        return buf[firstAt()];
    }

    private int firstAt() {
        int i = start;
        while (i < end && (buf[i] == ' ' || buf[i] == '\t' || buf[i] == '\r')) {
            i++;
        }
        return i;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
