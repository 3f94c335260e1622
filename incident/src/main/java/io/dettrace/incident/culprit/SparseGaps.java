package io.dettrace.incident.culprit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Gaps of calls of which there are too few for a verdict of their own. What they are held against is the worst of the kinds of calls of
 * which there are many: how far the 99th percentile of its gaps is above their median. Sparse calls of one callee are judged together.
 */
final class SparseGaps {
    /** Calls of one kind in the baseline of which fewer are few. */
    static final int FEW = 20;

    private static final double AT = 0.99;

    private final Times t;
    /** Milliseconds by which a gap may be above the median of its kind. */
    private final double spread;

    private final int dense;
    /** By callee: gaps of the incident above their limits, and all. */
    private final Map<Integer, int[]> byCallee = new HashMap<>();

    SparseGaps(Times t) {
        this.t = t;
        double worst = 0;
        int all = 0;
        for (int g = 0; g < t.groups; g++) {
            if (t.isGap[g] && t.counts[2 * g] >= FEW) {
                double[] values = sorted(2 * g);
                int rank = Math.min(values.length, (int) Math.ceil(AT * (values.length + 1)));
                worst = Math.max(worst, values[rank - 1] - median(values));
                all += values.length;
            }
        }
        spread = worst;
        dense = all;
        for (int g = 0; g < t.groups; g++) {
            if (isSparse(g)) {
                int[] sums = byCallee.computeIfAbsent(t.service[g], s -> new int[2]);
                sums[0] += above(g);
                sums[1] += t.counts[2 * g + 1];
            }
        }
    }

    /** True if a group's gaps are judged by those of others. */
    boolean isSparse(int group) {
        return t.isGap[group]
                && t.counts[2 * group] > 0
                && t.counts[2 * group] < FEW
                && t.counts[2 * group + 1] > 0
                && dense > 0;
    }

    /** Milliseconds above which one in a hundred gaps of a group is expected. */
    double limit(int group) {
        return median(sorted(2 * group)) + spread;
    }

    /** How many of the incident's gaps of a group are above its limit. */
    int above(int group) {
        double limit = limit(group);
        return (int) Arrays.stream(t.values[2 * group + 1], 0, t.counts[2 * group + 1])
                .filter(v -> v > limit)
                .count();
    }

    /** Probability of as many gaps above their limits, of all sparse calls of the group's callee, if one in a hundred is. */
    double p(int group) {
        int[] sums = byCallee.getOrDefault(t.service[group], new int[2]);
        return 1 - new BinomialDistribution(sums[1], 1 - AT).cumulativeProbability(sums[0] - 1);
    }

    /** Gaps of the baseline that stand in. */
    int size() {
        return dense;
    }

    /** Those of them that may be above the limit. */
    int hits() {
        return (int) Math.ceil((1 - AT) * dense);
    }

    private double[] sorted(int at) {
        double[] values = Arrays.copyOf(t.values[at], t.counts[at]);
        Arrays.sort(values);
        return values;
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
