package io.dettrace.clocks;

import java.util.Arrays;

/**
 * The messages of one direction that bound a clock, as one side of their convex hull; all others say nothing more.
 *
 * <p>Points are (time by one clock, time by the other). The lower side holds all lines that may pass under every point, the
 * upper side those that may pass over every point. Points come in any order, and the same points give the same hull:
 * orientation is told exactly, in 128 bits.
 *
 * <p>Not thread-safe.
 */
final class MessageHull {
    /** Largest magnitude of a time, in nanoseconds since 1970: the years 1823 to 2116. Differences then fit in 64 bits. */
    static final long MAX_TIME = (1L << 62) - 1;

    /**
     * Corners that a hull holds. Random delays make a few dozen; beyond this the corner that matters least is left out, which
     * widens the error and never makes it wrong.
     */
    static final int MAX_CORNERS = 1_024;

    private final int sign;
    private long[] x = new long[16];
    private long[] y = new long[16];
    private int size;

    private MessageHull(int sign) {
        this.sign = sign;
    }

    /** A hull of points that a clock's line passes under. */
    static MessageHull lower() {
        return new MessageHull(1);
    }

    /** A hull of points that a clock's line passes over. */
    static MessageHull upper() {
        return new MessageHull(-1);
    }

    /** Number of corners. */
    int size() {
        return size;
    }

    /** The corner's time by the first clock; corners ascend. */
    long x(int i) {
        return x[i];
    }

    /** The corner's time by the second clock. */
    long y(int i) {
        return sign * y[i];
    }

    /** The hull of the same points with the clocks exchanged. */
    MessageHull swapped() {
        MessageHull other = new MessageHull(-sign);
        for (int i = 0; i < size; i++) {
            other.add(y(i), x(i));
        }
        return other;
    }

    /** Adds a point; both times lie within {@link #MAX_TIME}. */
    void add(long px, long signedY) {
        long py = sign * signedY;
        int at = firstFrom(px);
        if (at < size && x[at] == px) {
            if (y[at] <= py) {
                return;
            }
            y[at] = py;
        } else {
            boolean between = at > 0 && at < size;
            if (between && turn(at - 1, px, py, at) <= 0) {
                return;
            }
            insert(at, px, py);
        }
        tidy(at);
        if (size > MAX_CORNERS) {
            leaveOneOut();
        }
    }

    private int firstFrom(long px) {
        if (size > 0 && px > x[size - 1]) {
            return size;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (x[middle] < px) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int at, long px, long py) {
        if (size == x.length) {
            x = Arrays.copyOf(x, size * 2);
            y = Arrays.copyOf(y, size * 2);
        }
        System.arraycopy(x, at, x, at + 1, size - at);
        System.arraycopy(y, at, y, at + 1, size - at);
        x[at] = px;
        y[at] = py;
        size++;
    }

    private void remove(int from, int to) {
        System.arraycopy(x, to, x, from, size - to);
        System.arraycopy(y, to, y, from, size - to);
        size -= to - from;
    }

    /** Takes corners beside a new one away that are none any more. */
    private void tidy(int at) {
        int from = at;
        while (from >= 2 && turn(from - 2, x[from - 1], y[from - 1], at) <= 0) {
            from--;
        }
        int to = at + 1;
        while (to + 1 < size && turn(at, x[to], y[to], to + 1) <= 0) {
            to++;
        }
        remove(at + 1, to);
        remove(from, at);
    }

    /** Positive if the point lies truly below the line from corner {@code a} to corner {@code b}; exact. */
    private int turn(int a, long px, long py, int b) {
        return compareProducts(px - x[a], y[b] - y[a], py - y[a], x[b] - x[a]);
    }

    /** Compares {@code a * b} with {@code c * d}, exactly. */
    private static int compareProducts(long a, long b, long c, long d) {
        int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
        return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
    }

    /** Leaves out the inner corner that sticks out least. */
    private void leaveOneOut() {
        int least = 1;
        double leastHeight = Double.POSITIVE_INFINITY;
        for (int i = 1; i < size - 1; i++) {
            double slope = (double) (y[i + 1] - y[i - 1]) / (x[i + 1] - x[i - 1]);
            double height = y[i - 1] - y[i] + slope * (x[i] - x[i - 1]);
            if (height < leastHeight) {
                leastHeight = height;
                least = i;
            }
        }
        remove(least, least + 1);
    }
}
