package io.dettrace.formats.jsonl;

import io.dettrace.event.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The lines of a stream, one at a time, without copying: a line is a range of the buffer until the next call. Lines end
 * with LF or CR LF; a byte order mark before the first is skipped.
 */
final class LineBuffer implements Closeable {
    /** Longest line in bytes. */
    static final int MAX_LINE = 256 * 1024 * 1024;

    private static final int FIRST_SIZE = 1 << 18;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';

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
    private boolean terminated;

    LineBuffer(InputStream in, String name) throws IOException {
        this.in = in;
        this.name = name;
        fill();
        if (filled >= 3 && buf[0] == (byte) 0xEF && buf[1] == (byte) 0xBB && buf[2] == (byte) 0xBF) {
            next = 3;
        }
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

    private boolean line(int lineEnd, boolean hasEnd) {
        start = next;
        end = lineEnd > start && buf[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = hasEnd ? lineEnd + 1 : lineEnd;
        terminated = hasEnd;
        number++;
        return true;
    }

    /** Moves the unread rest to the front and reads more behind it. */
    private void fill() throws IOException {
        int rest = filled - next;
        if (next > 0) {
            System.arraycopy(buf, next, buf, 0, rest);
            bufferOffset += next;
            next = 0;
            filled = rest;
        }
        if (filled == buf.length) {
            if (filled >= MAX_LINE) {
                throw InputException.at(
                        name,
                        number + 1,
                        0,
                        bufferOffset,
                        "the line is longer than " + MAX_LINE + " bytes; is this a file of lines?");
            }
            buf = Arrays.copyOf(buf, (int) Math.min(2L * buf.length, MAX_LINE + 1L));
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

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            byte b = buf[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
