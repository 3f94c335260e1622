package io.dettrace.compare;

import java.util.Arrays;

/**
 * Which events of one lane correspond: a sequence of stretches in which both runs advance together. Between stretches
 * lie the events that have no counterpart, so the size grows with the differences, not with the events.
 */
final class Pairing {
    private long[] baselineStart = new long[2];
    private long[] candidateStart = new long[2];
    private long[] pairStart = new long[2];
    private int stretches;
    private long pairs;
    private long baselineNext = -1;
    private long candidateNext = -1;

    /** Number of pairs so far. */
    long size() {
        return pairs;
    }

    /** Adds the pair of the lane's {@code baseline}-th and {@code candidate}-th event; both must ascend. */
    void add(long baseline, long candidate) {
        if (baseline != baselineNext || candidate != candidateNext) {
            if (stretches == pairStart.length) {
                baselineStart = Arrays.copyOf(baselineStart, stretches * 2);
                candidateStart = Arrays.copyOf(candidateStart, stretches * 2);
                pairStart = Arrays.copyOf(pairStart, stretches * 2);
            }
            baselineStart[stretches] = baseline;
            candidateStart[stretches] = candidate;
            pairStart[stretches++] = pairs;
        }
        baselineNext = baseline + 1;
        candidateNext = candidate + 1;
        pairs++;
    }

    /** Number of pairs up to and including the event at {@code ordinal} of {@code side}, 0 if none. */
    long upTo(Side side, long ordinal) {
        long[] start = side == Side.BASELINE ? baselineStart : candidateStart;
        if (stretches > 0 && ordinal >= start[stretches - 1]) {
            return Math.min(pairStart[stretches - 1] + (ordinal - start[stretches - 1]) + 1, pairs);
        }
        int at = Arrays.binarySearch(start, 0, stretches, ordinal);
        int stretch = at >= 0 ? at : -at - 2;
        if (stretch < 0) {
            return 0;
        }
        long end = stretch + 1 < stretches ? pairStart[stretch + 1] : pairs;
        return Math.min(pairStart[stretch] + (ordinal - start[stretch]) + 1, end);
    }
}
