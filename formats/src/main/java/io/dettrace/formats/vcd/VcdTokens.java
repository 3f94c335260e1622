package io.dettrace.formats.vcd;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The words of a dump, which white space parts, with their places. One word is looked at in place; nothing is copied. */
final class VcdTokens implements Closeable {
    /** Bytes that a word may have; the longest are the values of wide vectors. */
    static final int MAX_TOKEN = 4 << 20;

    private static final int CHUNK = 1 << 18;

    private final InputFile file;
    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int limit;
    private long base;
    private int at;
    private long line = 1;
    private boolean ended;

    int from;
    int to;

    private VcdTokens(InputFile file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** The words from the start of the file. */
    static VcdTokens open(InputFile file) throws IOException {
        VcdTokens tokens = new VcdTokens(file, file.openBinary());
        tokens.fill();
        tokens.at = InputFile.bomLength(tokens.buffer, tokens.limit);
        return tokens;
    }

    /** The words from a place on. */
    static VcdTokens open(InputFile file, long offset, long line) throws IOException {
        VcdTokens tokens = new VcdTokens(file, file.openBinary());
        tokens.in.skipNBytes(offset);
        tokens.base = offset;
        tokens.line = line;
        return tokens;
    }

    /** Goes to the next word; false at the end of the file. */
    boolean next() throws IOException {
        while (true) {
            byte[] b = buffer;
            int i = at;
            int end = limit;
            while (i < end && b[i] <= ' ' && b[i] >= 0) {
                if (b[i++] == '\n') {
                    line++;
                }
            }
            int start = i;
            while (i < end && (b[i] > ' ' || b[i] < 0)) {
                i++;
            }
            at = start;
            if (i < end || ended) {
                from = start;
                to = i;
                at = i;
                return i > start;
            }
            fill();
        }
    }

    /** Reads on; what was not taken yet moves to the front. */
    private void fill() throws IOException {
        int kept = limit - at;
        if (kept >= MAX_TOKEN) {
            from = at;
            throw error("a word of more than " + MAX_TOKEN + " bytes; is this a value change dump?");
        }
        if (kept > buffer.length / 2) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        System.arraycopy(buffer, at, buffer, 0, kept);
        base += at;
        at = 0;
        limit = kept;
        int n = in.read(buffer, limit, buffer.length - limit);
        if (n < 0) {
            ended = true;
        } else {
            limit += n;
        }
    }

    /** The bytes that the word lies in, from {@link #from} to {@link #to}; they change with the next word. */
    byte[] bytes() {
        return buffer;
    }

    int length() {
        return to - from;
    }

    /** The word's first byte. */
    byte first() {
        return buffer[from];
    }

    /** True if the word is this one. */
    boolean is(String ascii) {
        int n = ascii.length();
        if (to - from != n) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (buffer[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    /** The word for a message: without control characters, cut. */
    String shown() {
        String text = new String(buffer, from, Math.min(to - from, 40), StandardCharsets.ISO_8859_1);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(c > ' ' && c < 0x7F ? c : '?');
        }
        return shown + (to - from > 40 ? "..." : "");
    }

    /** Byte offset of the word in the file. */
    long offset() {
        return base + from;
    }

    /** Line of the word. */
    long line() {
        return line;
    }

    /** Bytes taken so far. */
    long taken() {
        return base + at;
    }

    String place() {
        return file.name() + ":" + line;
    }

    InputException error(String what) {
        return InputException.at(file.name(), line, 0, offset(), what);
    }

    /** An error about a word that was left behind. */
    InputException error(long atLine, long atOffset, String what) {
        return InputException.at(file.name(), atLine, 0, atOffset, what);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
