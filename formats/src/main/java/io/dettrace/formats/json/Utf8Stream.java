package io.dettrace.formats.json;

import io.dettrace.event.InputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes bytes on as long as they are UTF-8 (table 3-7 of the Unicode standard); the JSON parser alone takes some
 * sequences that are not, such as overlong ones. A sequence that the end of the file cuts is left to the parser.
 */
public final class Utf8Stream extends FilterInputStream {
    private final String name;
    private long offset;
    private long line = 1;
    private long lineOffset;
    private int missing;
    private int length;
    private int low;
    private int high;

    /**
     * Checks the rest of a file.
     *
     * @param offset byte offset of the next byte
     */
    public Utf8Stream(String name, InputStream in, long offset) {
        super(in);
        this.name = name;
        this.offset = offset;
        lineOffset = offset;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int n = in.read(bytes, from, count);
        for (int i = from; i < from + n; i++) {
            int b = bytes[i] & 0xFF;
            if (b >= 0x80 || missing > 0) {
                check(b);
            } else if (b == '\n') {
                line++;
                lineOffset = offset + 1;
            }
            offset++;
        }
        return n;
    }

    private void check(int b) throws InputException {
        if (missing > 0) {
            if (b < low || b > high) {
                throw notUtf8(offset - (length - missing));
            }
            missing--;
            low = 0x80;
            high = 0xBF;
            return;
        }
        if (b < 0xC2 || b > 0xF4) {
            throw notUtf8(offset);
        }
        length = b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
        missing = length - 1;
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    }

    private InputException notUtf8(long at) {
        return InputException.at(
                name, line, at - lineOffset + 1, at, "the byte is not UTF-8; convert the file to UTF-8");
    }
}
