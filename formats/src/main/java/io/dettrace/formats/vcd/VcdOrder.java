package io.dettrace.formats.vcd;

import java.util.Arrays;

/**
 * The order in which the changes at one time are given: the clocks' first, which all others come after, then by the signals' names. The
 * order in the file says nothing (18.2.1), so that of the events must not depend on it; changes of one signal keep theirs.
 */
final class VcdOrder {
    private final int[] ranks;
    private long[] keys = new long[64];

    /**
     * @param ranks place of each signal among all
     */
    VcdOrder(int[] ranks) {
        this.ranks = ranks;
    }

    /** Puts the changes in order; {@code cycles} may be null. */
    void take(VcdStep step, VcdCycles cycles) {
        if (keys.length < step.size) {
            keys = new long[Math.max(step.size, keys.length * 2)];
        }
        boolean sorted = true;
        long before = Long.MIN_VALUE;
        for (int i = 0; i < step.size; i++) {
            int signal = step.signal[i];
            long key = (long) ranks[signal] << 32 | i;
            if (cycles != null && cycles.isClock(signal)) {
                key |= Long.MIN_VALUE;
            }
            keys[i] = key;
            sorted &= key > before;
            before = key;
        }
        if (!sorted) {
            Arrays.sort(keys, 0, step.size);
        }
    }

    /** The change that is given as number {@code i}. */
    int at(int i) {
        return (int) keys[i];
    }
}
