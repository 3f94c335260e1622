package io.dettrace.formats.vcd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * Numbers of identifier codes (18.2.1: printable characters, ! to ~). Most simulators count codes up, so codes of up to three
 * characters index a table; others are packed into a word or, beyond eight characters, are looked up as texts.
 */
final class VcdCodes {
    /** Characters of a code. */
    static final int MAX_CODE = 256;

    static final int NONE = -1;

    private static final int BASE = 94;
    private static final int DENSE = BASE + BASE * BASE + BASE * BASE * BASE;

    private int[] dense = new int[BASE];
    private final Long2LongHashMap packed = new Long2LongHashMap(NONE);
    private final Map<String, Integer> others = new HashMap<>();

    VcdCodes() {
        Arrays.fill(dense, NONE);
    }

    /** The number of the code in these bytes, or {@link #NONE}. */
    int get(byte[] b, int from, int to) {
        int n = to - from;
        if (n <= 3) {
            int i = index(b, from, n);
            return i >= 0 && i < dense.length ? dense[i] : NONE;
        }
        if (n <= 8) {
            return (int) packed.get(word(b, from, n));
        }
        return others.getOrDefault(new String(b, from, n, StandardCharsets.ISO_8859_1), NONE);
    }

    void put(byte[] b, int from, int to, int number) {
        int n = to - from;
        if (n <= 3 && index(b, from, n) >= 0) {
            int i = index(b, from, n);
            if (i >= dense.length) {
                int old = dense.length;
                dense = Arrays.copyOf(dense, Math.min(DENSE, Math.max(i + 1, old * 2)));
                Arrays.fill(dense, old, dense.length, NONE);
            }
            dense[i] = number;
        } else if (n > 3 && n <= 8) {
            packed.put(word(b, from, n), number);
        } else if (n > 8) {
            others.put(new String(b, from, n, StandardCharsets.ISO_8859_1), number);
        }
    }

    /** True if a code may have these bytes. */
    static boolean isCode(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] < '!' || b[i] > '~') {
                return false;
            }
        }
        return to > from && to - from <= MAX_CODE;
    }

    /** Place of a code of one to three characters in the table, or -1. */
    private static int index(byte[] b, int from, int n) {
        int value = 0;
        for (int i = 0; i < n; i++) {
            int digit = b[from + i] - '!';
            if (digit < 0 || digit >= BASE) {
                return -1;
            }
            value = value * BASE + digit + 1;
        }
        return value - 1;
    }

    private static long word(byte[] b, int from, int n) {
        long word = 0;
        for (int i = 0; i < n; i++) {
            word = word << 8 | b[from + i] & 0xFF;
        }
        return word;
    }
}
