package io.dettrace.incident.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two fixed limits on processor use and network gap, and changes of rates: the naive ranker that the page of the Nezha
 * dataset's halves gives a figure for, as far as it is told there. A service over 80 % of its processor is first, then one that
 * is called with a median gap of over 10 ms between the caller's span and its own, then services by how far the rate of their
 * failed spans or of their requests, for each request from outside, has changed, each change once.
 */
final class FixedLimits extends ObservedRanker {
    private static final double PROCESSOR = 0.8;
    private static final double GAP = 10e6;

    @Override
    public String name() {
        return "fixed limits";
    }

    @Override
    Answer rank(Observed before, Observed after) {
        Map<String, Double> scores = new TreeMap<>();
        Set<String> blast = new TreeSet<>();
        after.requests.forEach((service, requests) -> {
            double rate = rates(before.requests.getOrDefault(service, List.of()), before.roots, requests, after.roots);
            double processor = after.processor.getOrDefault(service, List.of()).stream()
                    .mapToDouble(p -> p)
                    .average()
                    .orElse(0);
            double gap = Observed.quantile(after.gaps.getOrDefault(service, List.of()), 0.5);
            double score = processor > PROCESSOR ? 2_000 + processor : gap > GAP ? 1_000 + gap / 1e9 : rate;
            scores.put(service, score);
            if (score > 0.2) {
                blast.add(service);
            }
        });
        return new Answer(Observed.ranked(scores), blast, "unknown");
    }

    /** The largest change of a rate among the service's operations: of requests or of failed ones, in roots of the rate. */
    private static double rates(
            List<Observed.Request> before, long rootsBefore, List<Observed.Request> after, long rootsAfter) {
        Map<String, double[]> counts = new HashMap<>();
        count(before, counts, 0, rootsBefore);
        count(after, counts, 2, rootsAfter);
        double most = 0;
        for (double[] of : counts.values()) {
            most = Math.max(most, Math.max(change(of[0], of[2]), change(of[1], of[3])));
        }
        return most;
    }

    private static double change(double before, double after) {
        return before == after ? 0 : Math.abs(after - before) / Math.sqrt((before + after) / 2);
    }

    private static void count(List<Observed.Request> requests, Map<String, double[]> counts, int at, long roots) {
        for (Observed.Request request : requests) {
            double[] of = counts.computeIfAbsent(request.operation(), o -> new double[4]);
            of[at] += 1.0 / roots;
            of[at + 1] += request.error() ? 1.0 / roots : 0;
        }
    }
}
