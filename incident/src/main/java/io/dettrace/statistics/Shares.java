package io.dettrace.statistics;

/** Intervals of shares. */
public final class Shares {
    private Shares() {}

    /** Wilson's score interval of {@code hits} of {@code of}, 1 or more, as its two ends (Wilson 1927). */
    public static double[] wilson(int hits, int of, double z) {
        double share = (double) hits / of;
        double centre = share + z * z / (2.0 * of);
        double half = z * Math.sqrt(share * (1 - share) / of + z * z / (4.0 * of * of));
        double whole = 1 + z * z / of;
        return new double[] {Math.max(0, (centre - half) / whole), Math.min(1, (centre + half) / whole)};
    }
}
