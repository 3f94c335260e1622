package io.dettrace.incident.blast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Response times of one service in both windows. The baseline's are weighed so that its operations have the incident's shares, since
 * another mix alone is no effect. Intervals of quantiles are those of order statistics (David and Nagaraja 2003, 7.1), with the number
 * of values that the weights are worth (Kish 1965), and of their difference by Zou and Donner (2008).
 */
final class Responses {
    private final Map<Integer, List<double[]>> sides = new TreeMap<>();
    private double[] before = {};
    private double[] weights = {};
    private double[] now = {};
    private double worth;

    /** Adds a response of an operation. */
    void add(int side, int operation, double ms) {
        sides.computeIfAbsent(operation, k -> new ArrayList<>()).add(new double[] {side, ms});
    }

    /** To be called when all are there. */
    void close() {
        List<double[]> old = new ArrayList<>();
        List<Double> these = new ArrayList<>();
        sides.forEach((operation, all) -> {
            long n = all.stream().filter(v -> v[0] == 0).count();
            long m = all.size() - n;
            if (n > 0 && m > 0) {
                all.forEach(v -> {
                    if (v[0] == 0) {
                        old.add(new double[] {v[1], (double) m / n});
                    } else {
                        these.add(v[1]);
                    }
                });
            }
        });
        old.sort(Comparator.comparingDouble(v -> v[0]));
        before = old.stream().mapToDouble(v -> v[0]).toArray();
        weights = old.stream().mapToDouble(v -> v[1]).toArray();
        now = these.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double sum = Arrays.stream(weights).sum();
        worth = sum * sum / Arrays.stream(weights).map(w -> w * w).sum();
        for (int i = 1; i < weights.length; i++) {
            weights[i] += weights[i - 1];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        sides.clear();
    }

    /** How many responses of the incident there are to compare. */
    int size() {
        return Math.min(before.length, now.length);
    }

    /** A quantile of the baseline. */
    double before(double at) {
        if (before.length == 0) {
            return 0;
        }
        int i = Arrays.binarySearch(weights, Math.max(0, Math.min(1, at)));
        return before[Math.min(before.length - 1, i < 0 ? -i - 1 : i)];
    }

    private double now(double at) {
        return now[(int) Math.max(0, Math.min(now.length - 1, Math.ceil(at * now.length) - 1))];
    }

    /** How a quantile moved. */
    Shift shift(double at, double z) {
        if (size() == 0) {
            return Shift.NONE;
        }
        double a = before(at);
        double b = now(at);
        double wide = z * Math.sqrt(at * (1 - at) / worth);
        double wideNow = z * Math.sqrt(at * (1 - at) / now.length);
        // With too few values nothing bounds a quantile.
        double aLow = at < wide ? Double.POSITIVE_INFINITY : a - before(at - wide);
        double aHigh = at + wide > 1 ? Double.POSITIVE_INFINITY : before(at + wide) - a;
        double bLow = at < wideNow ? Double.POSITIVE_INFINITY : b - now(at - wideNow);
        double bHigh = at + wideNow > 1 ? Double.POSITIVE_INFINITY : now(at + wideNow) - b;
        return new Shift(b - a, b - a - Math.hypot(bLow, aHigh), b - a + Math.hypot(bHigh, aLow));
    }

    /**
     * The distance between the two distributions that chance reaches with the given probability (Smirnov 1948, for large samples).
     */
    double chance(double p) {
        return size() == 0 ? 1 : Math.sqrt(-Math.log(p / 2) / 2 * (1 / worth + 1.0 / now.length));
    }

    /** Share of the incident's responses that are faster than the baseline accounts for. */
    double faster() {
        double most = 0;
        int i = 0;
        for (int b = 0; b < before.length; b++) {
            while (i < now.length && now[i] <= before[b]) {
                i++;
            }
            most = Math.max(most, (double) i / now.length - weights[b]);
        }
        return most;
    }

    /** Share of the incident's responses that are slower than the baseline accounts for. */
    double slower() {
        double most = 0;
        int i = 0;
        for (int b = 0; b < before.length; b++) {
            while (i < now.length && now[i] <= before[b]) {
                i++;
            }
            most = Math.max(most, weights[b] - (double) i / now.length);
        }
        return most;
    }
}
