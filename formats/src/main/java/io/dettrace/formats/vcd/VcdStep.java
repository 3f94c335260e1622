package io.dettrace.formats.vcd;

import java.util.Arrays;

/** The value changes at one time, in columns. */
final class VcdStep {
    /** Changes at one time, such as the values at the beginning. */
    static final int MAX_CHANGES = 4 << 20;

    /** Bytes of the values at one time. */
    static final int MAX_BYTES = 64 << 20;

    static final byte BITS = 0;
    static final byte REAL = 1;
    static final byte TEXT = 2;
    static final byte TRIGGER = 3;
    static final byte PORT = 4;

    long ticks;
    String fraction = "";

    int size;
    int[] signal = new int[64];
    byte[] kind = new byte[64];
    int[] end = new int[64];
    long[] offset = new long[64];
    long[] line = new long[64];
    int[] length = new int[64];

    /** Digest of the value's bytes, or 0 if it was not needed. */
    long[] digest = new long[64];

    byte[] values = new byte[4096];
    int used;

    void clear() {
        size = 0;
        used = 0;
    }

    int start(int i) {
        return i == 0 ? 0 : end[i - 1];
    }

    /** Makes room for a value of {@code n} bytes; false if there is none. */
    boolean room(int n) {
        if (size == MAX_CHANGES || (long) used + n > MAX_BYTES) {
            return false;
        }
        if (used + n > values.length) {
            values = Arrays.copyOf(values, Math.max(used + n, values.length * 2));
        }
        return true;
    }

    /** Takes the change whose value ends at {@link #used}. */
    void add(int of, byte what, long atOffset, long atLine, int bytes, long digested) {
        if (size == signal.length) {
            int n = size * 2;
            signal = Arrays.copyOf(signal, n);
            kind = Arrays.copyOf(kind, n);
            end = Arrays.copyOf(end, n);
            offset = Arrays.copyOf(offset, n);
            line = Arrays.copyOf(line, n);
            length = Arrays.copyOf(length, n);
            digest = Arrays.copyOf(digest, n);
        }
        signal[size] = of;
        kind[size] = what;
        end[size] = used;
        offset[size] = atOffset;
        line[size] = atLine;
        digest[size] = digested;
        length[size++] = bytes;
    }
}
