package io.dettrace.compare;

import java.util.Arrays;

/**
 * Causal depth of a lane's pairs: one number for each pair that lies deeper than its lane alone says. Depths only order
 * the roots, so the oldest entries are given up when there are {@value #CAPACITY}; the memory does not grow with the run.
 */
final class DepthIndex {
    static final int CAPACITY = 8_192;

    private long[] pair = new long[2];
    private long[] depth = new long[2];
    private int size;

    /** Causal depth of pair number {@code at}, from 0. */
    long of(long at) {
        int found = Arrays.binarySearch(pair, 0, size, at);
        int step = found >= 0 ? found : -found - 2;
        if (step >= 0) {
            return depth[step] + (at - pair[step]);
        }
        return size < CAPACITY / 2 ? at : Math.max(at, depth[0] - (pair[0] - at));
    }

    /** Says that pair {@code at}, the next one, lies at least this deep. */
    void raise(long at, long to) {
        if (to <= of(at)) {
            return;
        }
        if (size == pair.length && size == CAPACITY) {
            size = CAPACITY / 2;
            System.arraycopy(pair, CAPACITY - size, pair, 0, size);
            System.arraycopy(depth, CAPACITY - size, depth, 0, size);
        } else if (size == pair.length) {
            pair = Arrays.copyOf(pair, size * 2);
            depth = Arrays.copyOf(depth, size * 2);
        }
        pair[size] = at;
        depth[size++] = to;
    }
}
