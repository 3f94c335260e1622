package io.dettrace.clocks;

/**
 * A line with knees: straight pieces between its points, going on with a slope of its own at each end. Values are offsets in
 * nanoseconds over a time, both as differences to an origin so that a double holds them exactly up to a hundred days.
 */
final class KneeLine {
    private final double[] x;
    private final double[] v;
    private final double left;
    private final double right;

    /**
     * @param x the points' times, ascending, at least one
     * @param v their values
     * @param left slope before the first point
     * @param right slope behind the last point
     */
    KneeLine(double[] x, double[] v, double left, double right) {
        this.x = x;
        this.v = v;
        this.left = left;
        this.right = right;
    }

    /** A line without knees. */
    static KneeLine straight(double x, double v, double slope) {
        return new KneeLine(new double[] {x}, new double[] {v}, slope, slope);
    }

    /** The value at a time. */
    double at(double t) {
        int last = x.length - 1;
        if (t <= x[0]) {
            return v[0] + left * (t - x[0]);
        }
        if (t >= x[last]) {
            return v[last] + right * (t - x[last]);
        }
        int low = 0;
        int high = last;
        while (high - low > 1) {
            int middle = low + high >>> 1;
            if (x[middle] <= t) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return v[low] + (v[high] - v[low]) / (x[high] - x[low]) * (t - x[low]);
    }

    /** The same, raised by {@code by}. */
    KneeLine raised(double by) {
        double[] higher = v.clone();
        for (int i = 0; i < higher.length; i++) {
            higher[i] += by;
        }
        return new KneeLine(x, higher, left, right);
    }
}
