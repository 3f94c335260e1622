package io.dettrace.incident.culprit;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Which departures are reported, out of all that were looked for, and at which level their bounds hold. The share of false ones among
 * them is controlled (Benjamini and Hochberg 1995), and the bounds of those that are selected hold for as large a share of them
 * (false coverage statement rate, Benjamini and Yekutieli 2005): of many questions some have large effects by chance alone.
 */
final class Selection {
    private final double limit;
    private final double z;

    /**
     * A selection.
     *
     * @param level share of false ones
     * @param tests all p-values; sorted by this
     */
    Selection(double level, double[] tests) {
        Arrays.sort(tests);
        double last = -1;
        int selected = 0;
        for (int i = 0; i < tests.length; i++) {
            if (tests[i] <= level * (i + 1) / tests.length) {
                last = tests[i];
                selected = i + 1;
            }
        }
        limit = last;
        double share = tests.length == 0 ? 1 : (double) Math.max(1, selected) / tests.length;
        z = new NormalDistribution().inverseCumulativeProbability(1 - level * share);
    }

    boolean takes(Departure d) {
        return d.p() <= limit;
    }

    /** Quantile of the normal distribution for the bounds of what is selected. */
    double z() {
        return z;
    }
}
