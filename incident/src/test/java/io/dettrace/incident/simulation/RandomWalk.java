package io.dettrace.incident.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Personalised PageRank over the call graph, in the way of MonitorRank (Kim, Sumbaly, Shah: Root cause detection in a
 * service-oriented architecture, SIGMETRICS 2013, section 4), which MicroRank (Yu and others, WWW 2021) takes up: a walker
 * goes to services whose latency or error rate moves as the front end's does, down the calls, with a small weight up
 * them, and stays where no callee is more like it. Series are means of 5 s over both windows. A service is hit if its
 * correlation is over 0.7.
 */
final class RandomWalk extends ObservedRanker {
    private static final long BUCKET = 5_000_000_000L;
    private static final double UP = 0.2;
    private static final double RESTART = 0.15;
    private static final int ROUNDS = 100;

    @Override
    public String name() {
        return "random walk";
    }

    @Override
    Answer rank(Observed before, Observed after) {
        List<String> services = new ArrayList<>(after.requests.keySet());
        double[] likeness = likeness(before, after, services);
        double[] rank = walk(after, services, likeness);
        Map<String, Double> scores = new TreeMap<>();
        Set<String> blast = new TreeSet<>();
        for (int i = 0; i < rank.length; i++) {
            scores.put(services.get(i), rank[i]);
            if (likeness[i] > 0.7) {
                blast.add(services.get(i));
            }
        }
        return new Answer(Observed.ranked(scores), blast, "unknown");
    }

    /** How far each service moves with the front end: the larger of the correlations of latency and of errors. */
    private static double[] likeness(Observed before, Observed after, List<String> services) {
        List<Observed.Request> front = new ArrayList<>();
        List<Observed.Request> frontBefore = new ArrayList<>();
        after.entries.forEach(e -> front.addAll(after.requests.getOrDefault(e, List.of())));
        after.entries.forEach(e -> frontBefore.addAll(before.requests.getOrDefault(e, List.of())));
        long[] begins = {begin(before), begin(after)};
        int[] sizes = {buckets(before, begins[0]), buckets(after, begins[1])};
        double[] likeness = new double[services.size()];
        for (boolean errors : new boolean[] {false, true}) {
            double[] of = series(frontBefore, front, begins, sizes, errors);
            for (int i = 0; i < likeness.length; i++) {
                String service = services.get(i);
                double[] own = series(
                        before.requests.getOrDefault(service, List.of()),
                        after.requests.get(service),
                        begins,
                        sizes,
                        errors);
                likeness[i] = Math.max(likeness[i], Math.abs(correlation(of, own)));
            }
        }
        return likeness;
    }

    private static long begin(Observed window) {
        return window.requests.values().stream()
                .flatMap(List::stream)
                .mapToLong(Observed.Request::start)
                .min()
                .orElse(0);
    }

    private static int buckets(Observed window, long begin) {
        long last = window.requests.values().stream()
                .flatMap(List::stream)
                .mapToLong(Observed.Request::start)
                .max()
                .orElse(0);
        return (int) ((last - begin) / BUCKET) + 1;
    }

    private static double[] series(
            List<Observed.Request> before, List<Observed.Request> after, long[] begins, int[] sizes, boolean errors) {
        double[] sums = new double[sizes[0] + sizes[1]];
        double[] counts = new double[sums.length];
        add(before, begins[0], 0, sums, counts, errors);
        add(after, begins[1], sizes[0], sums, counts, errors);
        double last = 0;
        for (int i = 0; i < sums.length; i++) {
            last = counts[i] == 0 ? last : sums[i] / counts[i];
            sums[i] = last;
        }
        return sums;
    }

    private static void add(
            List<Observed.Request> requests, long begin, int from, double[] sums, double[] counts, boolean errors) {
        for (Observed.Request request : requests) {
            int at = from + (int) ((request.start() - begin) / BUCKET);
            sums[at] += errors ? request.error() ? 1 : 0 : request.duration();
            counts[at]++;
        }
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }

    private static double[] walk(Observed window, List<String> services, double[] likeness) {
        int size = services.size();
        double[][] step = new double[size][size];
        for (int i = 0; i < size; i++) {
            double best = 0;
            for (String callee : window.callees.getOrDefault(services.get(i), Set.of())) {
                int to = services.indexOf(callee);
                if (to >= 0) {
                    step[i][to] += likeness[to];
                    step[to][i] += UP * likeness[i];
                    best = Math.max(best, likeness[to]);
                }
            }
            step[i][i] += Math.max(1e-6, likeness[i] - best);
        }
        double all = Arrays.stream(likeness).sum();
        double[] rank = new double[size];
        Arrays.fill(rank, 1.0 / size);
        for (int round = 0; round < ROUNDS; round++) {
            double[] next = new double[size];
            for (int i = 0; i < size; i++) {
                next[i] += RESTART * (all == 0 ? 1.0 / size : likeness[i] / all);
                double out = Arrays.stream(step[i]).sum();
                for (int k = 0; k < size; k++) {
                    next[k] += (1 - RESTART) * rank[i] * step[i][k] / out;
                }
            }
            rank = next;
        }
        return rank;
    }
}
