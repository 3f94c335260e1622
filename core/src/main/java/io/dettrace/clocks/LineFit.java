package io.dettrace.clocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All lines that satisfy all messages between two clocks: received after sent, by a true clock.
 *
 * <p>With {@code x} a time of the first clock and {@code d} the second clock's time minus {@code x}, a clock that is linear in
 * the other is a line {@code d = o + s x}. A message from first to second is a point that the line must pass under, one from
 * second to first a point that it must pass over. Only the corners of the two convex hulls matter (Duda, Harrus, Haddad and
 * Bernard, "Estimating global time in distributed systems", ICDCS 1987). The least and the largest {@code s} are those of
 * lines that touch both hulls; the least and largest offset at a time follow the hulls between the points where those lines
 * touch them.
 *
 * <p>Where messages go one way only, the line is laid at the hull, as if the fastest messages took no time; its slope is that
 * of the hull's edge in the middle (Moon, Skelly and Towsley, "Estimation and removal of clock skew from network delay
 * measurements", INFOCOM 1999). Where no line satisfies all messages, it is the one that misses them by least.
 *
 * <p>Precision: times are differences to an origin in the middle, whole nanoseconds that a double holds exactly up to a
 * hundred days; a slope is one division of such numbers, so the offset of a line is exact to far less than a nanosecond.
 */
final class LineFit {
    /** A time of the first clock in the middle of the corners; {@code x} are differences to it. */
    final long origin;

    /** Second clock minus first clock at some corner; values are differences to it. */
    final long shift;

    ClockQuality quality;

    /** Least and largest slope. */
    double low;

    double high;

    /** The least, the estimated and the largest value over time; null for a side that is open. */
    KneeLine least;

    KneeLine estimate;
    KneeLine most;

    /** What contradicts, or null. */
    Contradiction contradiction;

    private final double minSlope;
    private final double maxSlope;

    /** Corners of the messages that the line must pass under, and of those that it must pass over. */
    private final Corners under;

    private final Corners over;

    /**
     * Corners that no line satisfies.
     *
     * @param violation by how much the best line misses each
     * @param neededSlope the slope of least magnitude that satisfies all messages, infinite if there is none
     */
    record Contradiction(List<Touch> touches, double violation, double neededSlope) {}

    /** A corner that the best line misses; {@code under} if the line should pass under it. */
    record Touch(boolean under, int corner, double x) {}

    /** Corners of a hull as differences to the origins. */
    private record Corners(double[] x, double[] d, boolean lower) {
        static Corners of(MessageHull hull, boolean lower, long origin, long shift, long moveX, long moveY) {
            double[] x = new double[hull.size()];
            double[] d = new double[hull.size()];
            for (int i = 0; i < x.length; i++) {
                long at = hull.x(i) + moveX;
                x[i] = minus(at, origin);
                d[i] = minus(hull.y(i) + moveY - at, shift);
            }
            return new Corners(x, d, lower);
        }

        int size() {
            return x.length;
        }

        /** The corner that a line of this slope touches; the first of two. */
        int touch(double slope) {
            int best = 0;
            for (int i = 1; i < x.length; i++) {
                double v = d[i] - slope * x[i];
                double b = d[best] - slope * x[best];
                if (lower ? v < b : v > b) {
                    best = i;
                }
            }
            return best;
        }

        /** Value at the origin of the line of this slope that touches the hull. */
        double support(double slope) {
            int i = touch(slope);
            return d[i] - slope * x[i];
        }

        double edge(int i) {
            return (d[i + 1] - d[i]) / (x[i + 1] - x[i]);
        }

        /** The hull between where lines of these slopes touch it, going on with them. */
        KneeLine envelope(double left, double right) {
            int from = touch(left);
            int to = touch(right);
            int n = Math.max(1, to - from + 1);
            double[] kx = new double[n];
            double[] kd = new double[n];
            System.arraycopy(x, from, kx, 0, n);
            System.arraycopy(d, from, kd, 0, n);
            return new KneeLine(kx, kd, left, right);
        }

        /** Slope of the edge in the middle of the corners, within bounds. */
        double middleSlope(double min, double max) {
            double middle = (x[0] + x[x.length - 1]) / 2;
            for (int i = 0; i + 1 < x.length; i++) {
                if (x[i + 1] >= middle) {
                    return Math.max(min, Math.min(max, edge(i)));
                }
            }
            return 0;
        }
    }

    /**
     * Fits a line.
     *
     * @param under messages from first to second
     * @param over messages from second to first
     * @param firstResolution the first clock shows multiples of this, cut off
     * @param secondResolution the same of the second clock
     * @param maxSkew largest difference of the rates, a fraction
     */
    LineFit(MessageHull under, MessageHull over, long firstResolution, long secondResolution, double maxSkew) {
        MessageHull any = under.size() > 0 ? under : over;
        origin = any.x(any.size() / 2);
        shift = any.y(any.size() / 2) - origin;
        // A clock that is cut off shows up to one unit too little: what was received was received up to that much
        // later.
        this.under = Corners.of(under, true, origin, shift, 0, secondResolution - 1);
        this.over = Corners.of(over, false, origin, shift, firstResolution - 1, 0);
        minSlope = -maxSkew / (1 + maxSkew);
        maxSlope = maxSkew;
        low = minSlope;
        high = maxSlope;
        if (this.under.size() == 0 || this.over.size() == 0) {
            oneWay();
        } else {
            bothWays();
        }
    }

    private void oneWay() {
        quality = ClockQuality.APPROXIMATE;
        Corners known = under.size() > 0 ? under : over;
        double slope = known.middleSlope(low, high);
        int touched = known.touch(slope);
        estimate = KneeLine.straight(known.x[touched], known.d[touched], slope);
        if (known == under) {
            most = under.envelope(low, high);
        } else {
            least = over.envelope(high, low);
        }
    }

    private void bothWays() {
        double min = Double.NEGATIVE_INFINITY;
        double max = Double.POSITIVE_INFINITY;
        boolean crossed = false;
        for (int u = 0; u < under.size(); u++) {
            for (int o = 0; o < over.size(); o++) {
                double dx = under.x[u] - over.x[o];
                double dd = under.d[u] - over.d[o];
                if (dx > 0) {
                    max = Math.min(max, dd / dx);
                } else if (dx < 0) {
                    min = Math.max(min, dd / dx);
                } else {
                    crossed |= dd < 0;
                }
            }
        }
        low = Math.max(minSlope, min);
        high = Math.min(maxSlope, max);
        if (crossed || low > high) {
            boolean possible = !crossed && min <= max;
            contradictory(possible ? (min > 0 ? min : max) : Double.POSITIVE_INFINITY);
            return;
        }
        quality = ClockQuality.ACCURATE;
        most = under.envelope(low, high);
        least = over.envelope(high, low);
    }

    // ---- contradictions --------------------------------------------------------------------------------------------

    /** The line that misses messages by least; the gap between the hulls is concave in the slope. */
    private void contradictory(double neededSlope) {
        Best best = new Best();
        best.offer(0, null, -1);
        best.offer(minSlope, null, -1);
        best.offer(maxSlope, null, -1);
        for (Corners side : List.of(under, over)) {
            for (int i = 0; i + 1 < side.size(); i++) {
                double slope = side.edge(i);
                if (slope >= minSlope && slope <= maxSlope) {
                    best.offer(slope, side, i);
                }
            }
        }
        low = best.slope;
        high = best.slope;
        double violation = Math.max(0, -best.gap / 2);
        double middle = (under.support(best.slope) + over.support(best.slope)) / 2;
        estimate = KneeLine.straight(0, middle, best.slope);
        least = estimate.raised(-violation);
        most = estimate.raised(violation);
        // One line is left, and rounding has hidden it.
        quality = violation == 0 ? ClockQuality.ACCURATE : ClockQuality.CONTRADICTORY;
        contradiction = violation == 0 ? null : new Contradiction(best.touches(), violation, neededSlope);
    }

    private final class Best {
        double slope;
        double gap = Double.NEGATIVE_INFINITY;
        private Corners edgeOf;
        private int edge;

        void offer(double s, Corners side, int i) {
            double g = under.support(s) - over.support(s);
            boolean better = g > gap || g == gap && Math.abs(s) < Math.abs(slope);
            if (better || g == gap && s == slope && edgeOf == null) {
                slope = s;
                gap = g;
                edgeOf = side;
                edge = i;
            }
        }

        List<Touch> touches() {
            List<Touch> found = new ArrayList<>();
            for (Corners side : List.of(under, over)) {
                int from = side == edgeOf ? edge : side.touch(slope);
                int to = side == edgeOf ? edge + 1 : from;
                for (int i = from; i <= to; i++) {
                    found.add(new Touch(side == under, i, side.x[i]));
                }
            }
            found.sort(Comparator.comparingDouble(Touch::x).thenComparing(Touch::under));
            return found;
        }
    }

    private static double minus(long a, long b) {
        long r = a - b;
        return ((a ^ b) & (a ^ r)) < 0 ? (double) a - (double) b : r;
    }
}
