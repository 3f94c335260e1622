package io.dettrace.formats.json;

import java.util.Arrays;

/** A growing array of bytes that texts are written to in UTF-8, plain or as JSON strings. */
final class ByteSink {
    /** Bytes that one record's values take at most. */
    static final int MAX_BYTES = 1 << 30;

    private static final int START = 1 << 12;
    private static final int KEEP = 1 << 24;
    private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final int maxBytes;
    byte[] bytes = new byte[START];
    int size;

    ByteSink(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Empties the sink; the array of a huge record is given back. */
    void clear() {
        size = 0;
        if (bytes.length > KEEP) {
            bytes = new byte[START];
        }
    }

    void put(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    void put(byte[] from, int offset, int length) {
        ensure(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    void ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** Writes characters in UTF-8; a lone surrogate becomes its three bytes, so that different texts stay different. */
    void utf8(char[] chars, int offset, int length) {
        ensure(lengthOf(chars, offset, length, false));
        for (int i = offset; i < offset + length; i++) {
            i += one(chars, i, offset + length);
        }
    }

    /** Writes characters as a JSON string with the fewest escapes (RFC 8785). */
    void quoted(char[] chars, int offset, int length) {
        ensure(lengthOf(chars, offset, length, true) + 2);
        bytes[size++] = '"';
        for (int i = offset; i < offset + length; i++) {
            char c = chars[i];
            if (c < 0x20 || c == '"' || c == '\\') {
                escape(c);
            } else {
                i += one(chars, i, offset + length);
            }
        }
        bytes[size++] = '"';
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        int at = SHORT_ESCAPES.indexOf(c);
        if (at >= 0) {
            bytes[size++] = (byte) "\"\\bfnrt".charAt(at);
        } else {
            bytes[size++] = 'u';
            bytes[size++] = '0';
            bytes[size++] = '0';
            bytes[size++] = HEX[c >> 4];
            bytes[size++] = HEX[c & 15];
        }
    }

    /** Writes the character at {@code i}; the result is 1 if it took its low surrogate too, else 0. */
    private int one(char[] chars, int i, int end) {
        char c = chars[i];
        if (c < 0x80) {
            bytes[size++] = (byte) c;
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3F);
        } else if (i + 1 < end && Character.isSurrogatePair(c, chars[i + 1])) {
            int point = Character.toCodePoint(c, chars[i + 1]);
            bytes[size++] = (byte) (0xF0 | point >> 18);
            bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | point & 0x3F);
            return 1;
        } else {
            bytes[size++] = (byte) (0xE0 | c >> 12);
            bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | c & 0x3F);
        }
        return 0;
    }

    private void ensure(long more) {
        long need = size + more;
        if (need > maxBytes) {
            throw new FullException();
        }
        if (need > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(need, Math.min(2L * bytes.length, maxBytes)));
        }
    }

    /** Bytes that characters take in UTF-8, as a JSON string without its quotes if {@code escaped}. */
    private static long lengthOf(char[] chars, int offset, int length, boolean escaped) {
        long n = length;
        for (int i = offset; i < offset + length; i++) {
            char c = chars[i];
            if (c >= 0x80) {
                n += c < 0x800 ? 1 : Character.isSurrogate(c) && paired(chars, i, offset, offset + length) ? 1 : 2;
            } else if (escaped && (c < 0x20 || c == '"' || c == '\\')) {
                n += SHORT_ESCAPES.indexOf(c) >= 0 ? 1 : 5;
            }
        }
        return n;
    }

    private static boolean paired(char[] chars, int i, int from, int to) {
        return Character.isHighSurrogate(chars[i])
                ? i + 1 < to && Character.isLowSurrogate(chars[i + 1])
                : i > from && Character.isHighSurrogate(chars[i - 1]);
    }

    /** Thrown when a record's values take more than the limit. */
    static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FullException() {
            super(null, null, false, false);
        }
    }
}
