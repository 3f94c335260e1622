package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gaps of calls of which there are too few for a verdict of their own. Gaps of one network are alike in how far they are above the
 * median of their kind, so the baseline's gaps of all calls stand in for the ones that are missing, and sparse calls of one callee
 * are judged together.
 */
final class SparseGaps {
    /** Calls of one kind in the baseline of which fewer are few. */
    static final int FEW = 20;

    private static final double AT = 0.99;

    private final Times t;
    private final double[] pooled;
    private final int rank;
    /** By callee: gaps of the incident above their limits, and all. */
    private final Map<Integer, int[]> byCallee = new HashMap<>();

    SparseGaps(Times t) {
        this.t = t;
        List<Double> all = new ArrayList<>();
        for (int g = 0; g < t.groups; g++) {
            if (t.isGap[g] && t.counts[2 * g] > 2) {
                double[] values = sorted(2 * g);
                for (double v : values) {
                    all.add(v - median(values));
                }
            }
        }
        pooled = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        rank = (int) Math.ceil(AT * pooled.length);
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
                && pooled.length > FEW;
    }

    /** Milliseconds above which one in a hundred gaps of a group is expected. */
    double limit(int group) {
        return median(sorted(2 * group)) + pooled[rank - 1];
    }

    /** How many of the incident's gaps of a group are above its limit. */
    int above(int group) {
        double limit = limit(group);
        return (int) Arrays.stream(t.values[2 * group + 1], 0, t.counts[2 * group + 1])
                .filter(v -> v > limit)
                .count();
    }

    /** Probability of as many gaps above their limits, of all sparse calls of the group's callee, if nothing is different. */
    double p(int group) {
        int[] sums = byCallee.get(t.service[group]);
        return Counting.above(sums[0], sums[1], rank, pooled.length);
    }

    /** Gaps of the baseline that stand in. */
    int size() {
        return pooled.length;
    }

    /** Those of them above the limit. */
    int hits() {
        return pooled.length - rank;
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
