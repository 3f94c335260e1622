package io.dettrace.timing;

/**
 * How far a delay may be from what is expected.
 *
 * @param absolute nanoseconds, 0 or more
 * @param relative share of the expected delay, 0 or more; the greater of the two counts
 */
public record Tolerance(long absolute, double relative) {
    /** Delays must be equal. */
    public static final Tolerance EXACT = new Tolerance(0, 0);

    /** Checks the ranges. */
    public Tolerance {
        if (absolute < 0 || !(relative >= 0) || Double.isInfinite(relative)) {
            throw new IllegalArgumentException(
                    "a tolerance must be 0 or more, but is " + absolute + " ns, " + relative);
        }
    }

    /** Nanoseconds allowed around an expected delay. */
    long around(long delay) {
        return relative == 0 ? absolute : Math.max(absolute, (long) (relative * Math.abs((double) delay)));
    }
}
