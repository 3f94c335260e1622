package io.dettrace.incident.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Services by the number of their alerts: spans, of their calls too, that failed, or took longer than 99 % of the operation's in the baseline.
 * This is what a board of alerts with a threshold for each operation shows. A service is hit if its share of alerts is more
 * than twice the baseline's and over 2 %.
 */
final class AlertCounter extends ObservedRanker {
    @Override
    public String name() {
        return "alert counter";
    }

    @Override
    Answer rank(Observed before, Observed after) {
        Map<String, Double> counts = new TreeMap<>();
        Set<String> blast = new TreeSet<>();
        after.all.forEach((service, requests) -> {
            List<Observed.Request> usual = before.all.getOrDefault(service, List.of());
            Map<String, Double> limits = limits(usual);
            double count = alerts(requests, limits);
            double rate = count / requests.size();
            counts.put(service, count);
            if (rate > 0.02 && rate > 2 * alerts(usual, limits) / Math.max(1, usual.size())) {
                blast.add(service);
            }
        });
        return new Answer(Observed.ranked(counts), blast, "unknown");
    }

    private static Map<String, Double> limits(List<Observed.Request> requests) {
        Map<String, List<Long>> durations = new HashMap<>();
        requests.forEach(r ->
                durations.computeIfAbsent(r.operation(), o -> new ArrayList<>()).add(r.duration()));
        Map<String, Double> limits = new HashMap<>();
        durations.forEach((operation, of) -> limits.put(operation, Observed.quantile(of, 0.99)));
        return limits;
    }

    private static double alerts(List<Observed.Request> requests, Map<String, Double> limits) {
        return requests.stream()
                .filter(r -> r.error() || r.duration() > limits.getOrDefault(r.operation(), Double.MAX_VALUE))
                .count();
    }
}
