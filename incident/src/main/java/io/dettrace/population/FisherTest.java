package io.dettrace.population;

import org.hipparchus.distribution.discrete.HypergeometricDistribution;

/**
 * Fisher's exact test, two-sided: how probable is a distribution over passing and failing runs that is as improbable as the one
 * seen or more, if the runs fail independently of the statement (Fisher 1935; two-sided by probabilities, Agresti 2013, 3.5).
 */
final class FisherTest {
    /** Probabilities that differ by less are equal: they are sums of logarithms. */
    private static final double TOLERANCE = 1e-7;

    private final int runs;
    private final int bad;
    private final double[][] p;

    /**
     * For a population.
     *
     * @param runs number of runs
     * @param bad how many of them failed
     */
    FisherTest(int runs, int bad) {
        this.runs = runs;
        this.bad = bad;
        p = new double[runs + 1][];
    }

    /** Probability, 0 to 1, for a statement that is true of {@code with} runs, {@code badWith} of them failing. */
    double p(int with, int badWith) {
        if (p[with] == null) {
            p[with] = all(with);
        }
        return p[with][badWith];
    }

    private double[] all(int with) {
        double[] sums = new double[bad + 1];
        HypergeometricDistribution d = new HypergeometricDistribution(runs, bad, with);
        for (int k = d.getSupportLowerBound(); k <= d.getSupportUpperBound(); k++) {
            double own = d.probability(k);
            for (int j = d.getSupportLowerBound(); j <= d.getSupportUpperBound(); j++) {
                double other = d.probability(j);
                sums[k] += other <= own * (1 + TOLERANCE) ? other : 0;
            }
            sums[k] = Math.min(1, sums[k]);
        }
        return sums;
    }
}
