package io.dettrace.server.live;

import java.util.Arrays;

/** Bytes that grow at their end; numbers as in protobuf: base 128, and zigzag where they may be negative. */
final class Bytes {
    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, size + (size >> 1)));
        }
    }

    void add(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** A number that is not small: eight bytes. */
    void whole(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** A number of 0 or more that is mostly small. */
    void count(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number near 0. */
    void signed(long value) {
        count(value << 1 ^ value >> 63);
    }

    void add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }
}
