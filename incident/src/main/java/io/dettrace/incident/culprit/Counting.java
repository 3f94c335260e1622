package io.dettrace.incident.culprit;

import io.dettrace.statistics.Shares;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.discrete.HypergeometricDistribution;
import org.hipparchus.special.Gamma;

/** Tests and bounds for shares of requests. */
public final class Counting {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** Sums of this many terms and more give way to the normal approximation. */
    private static final int EXACT = 20_000;

    private Counting() {}

    /**
     * Fisher's exact test, one-sided: the probability of {@code hits} or more among {@code of}, if the share is that of the two
     * windows together.
     *
     * @param baselineHits of {@code baseline} requests
     * @param hits of {@code of} requests
     */
    public static double more(int baselineHits, int baseline, int hits, int of) {
        if ((long) hits * baseline <= (long) baselineHits * of) {
            return 1;
        }
        int all = baseline + of;
        int with = baselineHits + hits;
        if (Math.min(with, of) - hits > EXACT) {
            double mean = (double) of * with / all;
            double variance = mean * (1 - (double) with / all) * baseline / Math.max(1, all - 1);
            return 1 - NORMAL.cumulativeProbability((hits - 0.5 - mean) / Math.sqrt(variance));
        }
        return Math.min(1, new HypergeometricDistribution(all, with, of).upperCumulativeProbability(hits));
    }

    /**
     * Lower end of the interval of a difference of two shares (Newcombe 1998, method 10: square-and-add of Wilson's intervals).
     *
     * @param z quantile of the normal distribution
     */
    public static double low(int baselineHits, int baseline, int hits, int of, double z) {
        double a = (double) hits / of;
        double b = (double) baselineHits / baseline;
        double down = a - Shares.wilson(hits, of, z)[0];
        double up = Shares.wilson(baselineHits, baseline, z)[1] - b;
        return Math.max(0, a - b - Math.sqrt(down * down + up * up));
    }

    /**
     * Precedence test (Nelson 1963): the probability that {@code k} or more of {@code m} values are above the {@code r}-th
     * smallest of {@code n} others, if all are of one distribution, whichever it is.
     */
    static double above(int k, int m, int r, int n) {
        double sum = 0;
        double whole = choose(m + n, n);
        if (m - k > EXACT) {
            // The share above is then near normal: a beta quantile plus binomial noise.
            double share = (double) (n + 1 - r) / (n + 1);
            double variance = share * (1 - share) * (1.0 / m + 1.0 / (n + 2));
            return 1 - NORMAL.cumulativeProbability(((k - 0.5) / m - share) / Math.sqrt(variance));
        }
        for (int j = k; j <= m; j++) {
            double term = Math.exp(choose(m - j + r - 1, r - 1) + choose(j + n - r, n - r) - whole);
            sum += term;
        }
        return Math.min(1, sum);
    }

    /** Logarithm of a binomial coefficient. */
    private static double choose(int n, int k) {
        return Gamma.logGamma(n + 1.0) - Gamma.logGamma(k + 1.0) - Gamma.logGamma(n - k + 1.0);
    }
}
