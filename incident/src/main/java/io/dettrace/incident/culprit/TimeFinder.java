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

    /** Calls of one kind of which fewer are few. */
    private static final int FEW = 20;

    private final Times t;
    private final Names names;
    private final double z;
    private double[] pooled = {};
    final List<Double> tests = new ArrayList<>();

    TimeFinder(Times t, Names names, double z) {
        this.t = t;
        this.names = names;
        this.z = z;
    }

    /**
     * A group of times that grew.
     *
     * @param threshold milliseconds above which a request departs
     * @param excess milliseconds that all requests of the incident lost here
     */
    record Found(int group, double threshold, double excess, Departure departure) {}

    List<Found> find() {
        List<Found> found = new ArrayList<>();
        pool();
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

    /** How far the baseline's gaps are above the median of their own calls, over all calls. */
    private void pool() {
        List<Double> all = new ArrayList<>();
        for (int g = 0; g < t.groups; g++) {
            int n = t.counts[2 * g];
            if (t.caller[g] >= 0 && n > 2) {
                double[] values = Arrays.copyOf(t.values[2 * g], n);
                Arrays.sort(values);
                double median = median(values);
                for (double v : values) {
                    all.add(v - median);
                }
            }
        }
        pooled = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
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
        if (t.caller[g] >= 0 && n < FEW && pooled.length > FEW) {
            // Too few calls of this kind for a verdict of their own: gaps of a network are alike, so others stand in.
            int rank = (int) Math.ceil(AT[AT.length - 1] * pooled.length);
            double limit = median(before) + pooled[rank - 1];
            int above = above(now, limit);
            double alike = Math.min(1, 2 * Counting.above(above, m, rank, pooled.length));
            if (above > 0 && alike < p) {
                p = alike;
                bestRank = rank;
                baselineOf = pooled.length;
                baselineHits = pooled.length - rank;
                threshold = limit;
                low = Counting.low(baselineHits, baselineOf, above, m, z);
            }
        }
        tests.add(Math.min(1, p));
        double excess = mean(now) - mean(before);
        if (bestRank == 0 || excess <= 0) {
            return null;
        }
        double whole = t.whole[g] / n;
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
                        baselineOf,
                        baselineHits,
                        m,
                        above(now, threshold),
                        excess,
                        excess / (excess + Math.max(whole, 1e-6)),
                        low,
                        p,
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
