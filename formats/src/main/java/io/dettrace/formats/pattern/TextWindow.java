package io.dettrace.formats.pattern;

import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of a text that is in memory: decoded from UTF-8, every line end (LF, CR LF, CR) made {@code \n}, with the byte
 * offset of every character.
 *
 * <p>As a {@link CharSequence} it is what regular expressions see, which ends at the last complete line until the text
 * ends. It counts how often a character is asked for and stops an expression that asks without end. Bytes that are not
 * UTF-8 read as U+FFFD and are remembered. Positions are from the start of the window and move when it does.
 */
final class TextWindow implements CharSequence, Closeable {
    /** Bytes read at least at a time. */
    static final int CHUNK = 1 << 16;

    /** Bytes read at most at a time; more than at least, so that an event of many chunks is not tried for each. */
    private static final int MAX_CHUNK = 1 << 22;

    /** Characters kept before the part that is still needed, for expressions that look back. */
    static final int LOOK_BEHIND = 1 << 12;

    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private byte[] raw = new byte[CHUNK + 8];
    private int rawLength;
    private long rawOffset;
    private boolean first = true;
    private boolean ended;

    private char[] chars = new char[CHUNK];
    private int[] offsets = new int[CHUNK];
    private long base;
    private int size;
    private int visible;

    private int[] invalid = new int[8];
    private int invalidCount;
    private long steps;

    TextWindow(InputStream in) {
        this.in = in;
    }

    /** True if the window reaches to the end of the text. */
    boolean ended() {
        return ended;
    }

    /** Bytes read so far. */
    long bytesRead() {
        return rawOffset;
    }

    /** Byte offset of the character at {@code position}, or of the end of what is decoded. */
    long offset(int position) {
        return position < size ? base + offsets[position] : rawOffset;
    }

    /** Bytes from {@code position} to the end of what has been read. */
    long bytesFrom(int position) {
        return rawOffset + rawLength - offset(position);
    }

    /** True if the character at {@code position} stands for bytes that are not UTF-8. */
    boolean isInvalid(int position) {
        return chars[position] == REPLACEMENT && Arrays.binarySearch(invalid, 0, invalidCount, position) >= 0;
    }

    /** The character at {@code position}, not counted. */
    char at(int position) {
        return chars[position];
    }

    String text(int from, int to) {
        return new String(chars, from, to - from);
    }

    /** Allows {@code limit} steps from now on. */
    void allowSteps(long limit) {
        steps = limit;
    }

    /** Steps that are left. */
    long stepsLeft() {
        return steps;
    }

    @Override
    public int length() {
        return visible;
    }

    @Override
    public char charAt(int index) {
        if (--steps < 0) {
            throw new TooManyStepsException();
        }
        return chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text(start, end);
    }

    @Override
    public String toString() {
        return text(0, visible);
    }

    /**
     * Reads on, and forgets what stands well before {@code keep}.
     *
     * @return by how much all positions have become smaller
     */
    int more(int keep) throws IOException {
        int shift = Math.max(0, keep - LOOK_BEHIND);
        drop(shift);
        int wish = Math.max(CHUNK, Math.min(size, MAX_CHUNK));
        if (raw.length < rawLength + wish) {
            raw = Arrays.copyOf(raw, rawLength + wish);
        }
        int n = in.readNBytes(raw, rawLength, wish);
        rawLength += n;
        int start = 0;
        if (first) {
            start = InputFile.bomLength(raw, rawLength);
            first = false;
        }
        ended = n < wish;
        decode(start);
        if (ended) {
            visible = size;
        }
        return shift;
    }

    private void drop(int count) {
        if (count == 0) {
            return;
        }
        int delta = (int) (offset(count) - base);
        size -= count;
        visible -= count;
        System.arraycopy(chars, count, chars, 0, size);
        for (int i = 0; i < size; i++) {
            offsets[i] = offsets[i + count] - delta;
        }
        base += delta;
        int kept = 0;
        for (int i = 0; i < invalidCount; i++) {
            if (invalid[i] >= count) {
                invalid[kept++] = invalid[i] - count;
            }
        }
        invalidCount = kept;
    }

    /** Decodes {@link #raw}; a sequence or a CR at its end waits for what follows unless the text has ended. */
    private void decode(int start) {
        if (chars.length < size + rawLength) {
            int room = Math.max(size + rawLength, chars.length + (chars.length >> 1));
            chars = Arrays.copyOf(chars, room);
            offsets = Arrays.copyOf(offsets, room);
        }
        int i = start;
        while (i < rawLength) {
            int b = raw[i];
            int used = b == '\r' ? lineEnd(i) : b >= 0 ? ascii(i) : sequence(i);
            if (used == 0) {
                break;
            }
            i += used;
        }
        rawLength -= i;
        System.arraycopy(raw, i, raw, 0, rawLength);
        rawOffset += i;
    }

    private int ascii(int i) {
        put((char) raw[i], i);
        if (raw[i] == '\n') {
            visible = size;
        }
        return 1;
    }

    private int lineEnd(int i) {
        if (i + 1 == rawLength && !ended) {
            return 0;
        }
        put('\n', i);
        visible = size;
        return i + 1 < rawLength && raw[i + 1] == '\n' ? 2 : 1;
    }

    /**
     * Decodes a sequence of several bytes by table 3-7 of the Unicode standard; of one that is not well-formed the longest
     * start that could be is replaced as one.
     */
    private int sequence(int i) {
        int lead = raw[i] & 0xFF;
        int length = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 1;
        int point = length == 1 ? 0 : lead & 0xFF >> length + 1;
        int good = 1;
        while (good < length && i + good < rawLength) {
            int b = raw[i + good] & 0xFF;
            int low = good > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int high = good > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (b < low || b > high) {
                break;
            }
            point = point << 6 | b & 0x3F;
            good++;
        }
        if (good < length && i + good == rawLength && !ended) {
            return 0;
        }
        if (length == 1 || good < length) {
            invalid = invalidCount < invalid.length ? invalid : Arrays.copyOf(invalid, invalidCount * 2);
            invalid[invalidCount++] = size;
            put(REPLACEMENT, i);
        } else if (point < 0x10000) {
            put((char) point, i);
        } else {
            put(Character.highSurrogate(point), i);
            put(Character.lowSurrogate(point), i);
        }
        return good;
    }

    private void put(char c, int rawIndex) {
        chars[size] = c;
        offsets[size] = (int) (rawOffset + rawIndex - base);
        size++;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Thrown out of a match that takes more steps than allowed. */
    static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super(null, null, false, false);
        }
    }
}
