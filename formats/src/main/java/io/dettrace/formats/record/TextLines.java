package io.dettrace.formats.record;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a text file, one at a time; a line is a range of {@link #bytes} until the next call. Lines end with LF or
 * CR LF; a byte order mark before the first is skipped. Not thread-safe.
 */
public final class TextLines implements Closeable {
    /** Longest line in bytes, without its line end. */
    public static final int MAX_LINE = 16 << 20;

    private static final int FIRST = 1 << 16;

    private final InputFile file;
    private final InputStream in;
    private byte[] bytes = new byte[FIRST];
    private int filled;
    private int next;
    private long base;
    private boolean ended;
    private int start;
    private int end;
    private long number;

    /** The lines of a file. */
    public TextLines(InputFile file) throws IOException {
        this.file = file;
        in = file.open();
    }

    /**
     * Goes to the next line.
     *
     * @return false if there is none
     * @throws InputException if it is longer than {@value #MAX_LINE} bytes
     */
    public boolean next() throws IOException {
        if (number == 0 && next == 0) {
            skipMark();
        }
        start = next;
        int at = next;
        while (true) {
            while (at < filled && bytes[at] != '\n') {
                at++;
            }
            if (at < filled) {
                next = at + 1;
                break;
            }
            if (ended) {
                if (start == filled) {
                    return false;
                }
                next = filled;
                break;
            }
            at -= more();
        }
        end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
        number++;
        return true;
    }

    private void skipMark() throws IOException {
        while (filled < InputFile.UTF8_BOM_LENGTH && !ended) {
            more();
        }
        next = InputFile.bomLength(bytes, filled);
        start = next;
    }

    /** Reads on; what stands before {@link #start} is forgotten. Returns by how much places have become smaller. */
    private int more() throws IOException {
        int shift = start;
        if (filled - start > MAX_LINE) {
            throw InputException.at(
                    file.name(),
                    number + 1,
                    0,
                    base + start,
                    "the line is longer than " + MAX_LINE + " bytes; this is no log of lines");
        }
        System.arraycopy(bytes, start, bytes, 0, filled - start);
        base += start;
        filled -= start;
        start = 0;
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        int n = in.read(bytes, filled, bytes.length - filled);
        ended = n < 0;
        filled += Math.max(0, n);
        return shift;
    }

    /** The bytes that the line is in; valid until {@link #next}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the line begins in {@link #bytes}. */
    public int start() {
        return start;
    }

    /** Where the line ends in {@link #bytes}, its line end not included. */
    public int end() {
        return end;
    }

    /** Number of the line, from 1. */
    public long number() {
        return number;
    }

    /** Byte offset of the line in the file. */
    public long offset() {
        return base + start;
    }

    /** Decompressed bytes gone past. */
    public long bytesRead() {
        return base + next;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
