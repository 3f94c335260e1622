package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where requests lose time. The values of the incident are held against order statistics of the baseline's (precedence tests at its
 * median, 90th and 99th percentile, Bonferroni's correction for the three), so that nothing is assumed of their distribution and a
 * few very slow requests show as well as many that are somewhat slower.
 */
final class TimeFinder {
    private static final double[] AT = {0.5, 0.9, 0.99};

    private final Times t;
    private final Names names;
    private final double z;
    private final SparseGaps sparse;
    final List<Double> tests = new ArrayList<>();

    TimeFinder(Times t, Names names, double z) {
        this.t = t;
        this.names = names;
        this.z = z;
        this.sparse = new SparseGaps(t);
    }

    /** The groups of times that grew, whatever their significance. */
    List<Found> find() {
        List<Found> found = new ArrayList<>();
        for (int g = 0; g < t.groups; g++) {
            int n = t.counts[2 * g];
            int m = t.counts[2 * g + 1];
            if (n > 0 && m > 0) {
                @Nullable Found f = found(g, n, m);
                if (f != null) {
                    found.add(f);
                }
            }
        }
        return found;
    }

    private @Nullable Found found(int g, int n, int m) {
        double[] before = Arrays.copyOf(t.values[2 * g], n);
        double[] now = Arrays.copyOf(t.values[2 * g + 1], m);
        Arrays.sort(before);
        Arrays.sort(now);
        double p = 1;
        double low = 0;
        int bestRank = 0;
        for (double at : AT) {
            int rank = Math.min(n, (int) Math.ceil(at * (n + 1)));
            int above = above(now, before[rank - 1]);
            if ((double) above / m <= 1 - (double) rank / (n + 1)) {
                continue;
            }
            p = Math.min(p, AT.length * Counting.above(above, m, rank, n));
            double share = Counting.low(n - rank, n, above, m, z);
            if (bestRank == 0 || share > low) {
                low = share;
                bestRank = rank;
            }
        }
        int baselineOf = n;
        int baselineHits = n - bestRank;
        double threshold = bestRank == 0 ? 0 : before[bestRank - 1];
        if (sparse.isSparse(g) && sparse.above(g) > 0 && 2 * sparse.p(g) < p) {
            p = 2 * sparse.p(g);
            threshold = sparse.limit(g);
            baselineOf = sparse.size();
            baselineHits = sparse.hits();
            bestRank = 1;
            low = Counting.low(baselineHits, baselineOf, sparse.above(g), m, z);
        }
        tests.add(Math.min(1, p));
        double excess = mean(now) - mean(before);
        if (bestRank == 0 || excess <= 0) {
            return null;
        }
        double whole = Math.max(t.whole[g] / n, 1e-6);
        double limit = threshold;
        double added = Arrays.stream(now).filter(v -> v > limit).average().orElse(0) - mean(before);
        int caller = t.caller[g];
        String service = names.get(t.service[g]);
        return new Found(
                g,
                threshold,
                excess * m,
                new Departure(
                        caller < 0 ? Departure.Kind.OWN_TIME : Departure.Kind.CALL_GAP,
                        service,
                        caller < 0 ? names.get(t.operation[g]) : names.get(caller) + ">" + service,
                        "",
                        "",
                        "",
                        "",
                        baselineOf,
                        baselineHits,
                        m,
                        above(now, threshold),
                        excess,
                        Math.max(0, added) / (added + whole),
                        low,
                        p,
                        0,
                        0,
                        null));
    }

    private static int above(double[] sorted, double limit) {
        int at = Arrays.binarySearch(sorted, limit);
        at = at < 0 ? -at - 1 : at;
        while (at < sorted.length && sorted[at] <= limit) {
            at++;
        }
        return sorted.length - at;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
