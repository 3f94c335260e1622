package io.dettrace.formats.ctf;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes bits one by one, as the specification's text says; the plain slow counterpart of {@link BitReader}. */
final class BitWriter {
    private byte[] bytes = new byte[64];
    private int position;

    int position() {
        return position;
    }

    void align(int bits) {
        while (position % bits != 0) {
            room();
            position++;
        }
    }

    private void room() {
        if (position / 8 == bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    /** Writes the low {@code size} bits of a number; a big-endian one with its highest bit first, each byte from the top. */
    void write(BigInteger value, int size, boolean big) {
        for (int i = 0; i < size; i++) {
            room();
            boolean bit = value.testBit(big ? size - 1 - i : i);
            if (bit) {
                bytes[position / 8] |= (byte) (1 << (big ? 7 - position % 8 : position % 8));
            }
            position++;
        }
    }

    void write(long value, int size, boolean big) {
        write(BigInteger.valueOf(value), size, big);
    }

    void bytes(byte[] raw) {
        for (byte b : raw) {
            write(b, 8, true);
        }
    }

    /** Overwrites a number at an earlier position. */
    void patch(int at, long value, int size, boolean big) {
        for (int i = at; i < at + size; i++) {
            bytes[i / 8] &= (byte) ~(1 << (big ? 7 - i % 8 : i % 8));
        }
        int end = position;
        position = at;
        write(value, size, big);
        position = end;
    }

    void appendTo(ByteArrayOutputStream out) {
        out.write(bytes, 0, (position + 7) / 8);
    }
}
