package io.dettrace.compare;

import java.util.Arrays;

/**
 * From a lane's logical clock to the position in the lane. Clocks ascend; as long as they count every event the index is
 * one number, and each gap costs one entry.
 */
final class ClockIndex {
    private long[] ordinalStart = new long[2];
    private long[] clockStart = new long[2];
    private int stretches;
    private long lastOrdinal = -1;
    private long lastClock;

    /** Takes the clock of the next event of the lane. */
    void add(long ordinal, long clock) {
        if (stretches == 0 || ordinal - lastOrdinal != clock - lastClock) {
            if (stretches == ordinalStart.length) {
                ordinalStart = Arrays.copyOf(ordinalStart, stretches * 2);
                clockStart = Arrays.copyOf(clockStart, stretches * 2);
            }
            ordinalStart[stretches] = ordinal;
            clockStart[stretches++] = clock;
        }
        lastOrdinal = ordinal;
        lastClock = clock;
    }

    /** True once an event with this or a later clock was seen. */
    boolean reaches(long clock) {
        return lastOrdinal >= 0 && clock <= lastClock;
    }

    /** Position of the last event with at most this clock, -1 if there is none. */
    long ordinal(long clock) {
        int at = Arrays.binarySearch(clockStart, 0, stretches, clock);
        int stretch = at >= 0 ? at : -at - 2;
        if (stretch < 0) {
            return -1;
        }
        long end = stretch + 1 < stretches ? ordinalStart[stretch + 1] - 1 : lastOrdinal;
        return Math.min(ordinalStart[stretch] + (clock - clockStart[stretch]), end);
    }
}
