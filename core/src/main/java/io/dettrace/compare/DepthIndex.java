package io.dettrace.compare;

import java.util.Arrays;

/**
 * Causal depth of a lane's pairs: one number for each pair that lies deeper than its lane alone says. Depths only order
 * the roots, so the oldest entries are given up when there are {@value #CAPACITY}, or with many lanes fewer: together
 * they hold about {@value #TOGETHER}. The memory does not grow with the run.
 */
final class DepthIndex {
    static final int CAPACITY = 8_192;

    /** In all lanes together: 16 MB. */
    static final int TOGETHER = 1 << 20;

    private static final int MIN_CAPACITY = 64;

    private long[] pair = new long[2];
    private long[] depth = new long[2];
    private int size;
    private boolean whole = true;

    /** Causal depth of pair number {@code at}, from 0. */
    long of(long at) {
        if (size > 0 && at >= pair[size - 1]) {
            return depth[size - 1] + (at - pair[size - 1]);
        }
        int found = Arrays.binarySearch(pair, 0, size, at);
        int step = found >= 0 ? found : -found - 2;
        if (step >= 0) {
            return depth[step] + (at - pair[step]);
        }
        return whole ? at : Math.max(at, depth[0] - (pair[0] - at));
    }

    /**
     * Says that pair {@code at}, the next one, lies at least this deep.
     *
     * @param lanes how many lanes have such an index
     */
    void raise(long at, long to, int lanes) {
        if (to <= of(at)) {
            return;
        }
        if (size == pair.length) {
            int capacity = Math.max(MIN_CAPACITY, Math.min(CAPACITY, TOGETHER / lanes));
            if (2 * size > capacity && size >= MIN_CAPACITY) {
                forget(size / 2);
            } else {
                pair = Arrays.copyOf(pair, size * 2);
                depth = Arrays.copyOf(depth, size * 2);
            }
        }
        pair[size] = at;
        depth[size++] = to;
    }

    private void forget(int oldest) {
        size -= oldest;
        System.arraycopy(pair, oldest, pair, 0, size);
        System.arraycopy(depth, oldest, depth, 0, size);
        whole = false;
    }
}
