package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What departures explain in those who call, beyond single requests: workers and connections that a slow callee holds, a
 * breaker that is open because of it, calls that are therefore not made, and more traffic. What a callee explains is at most what
 * departs there, except that calls which are no longer made count for the one that was to be called if it fails.
 */
final class CallGraph {
    private final Callees callees;
    private final Map<String, List<Departure>> departures = new TreeMap<>();
    private final Map<String, Double> credit = new HashMap<>();
    private final TrafficFinder traffic;
    private final Holding holding;
    /** Score of what suffers most from more requests. */
    private double victim;

    CallGraph(Callees callees, List<Departure> all, TrafficFinder traffic, Holding holding) {
        this.callees = callees;
        this.traffic = traffic;
        this.holding = holding;
        all.forEach(d ->
                departures.computeIfAbsent(d.service(), s -> new ArrayList<>()).add(d));
    }

    /** Score that a service has by calls to it that are no longer made. */
    double credit(String service) {
        return credit.getOrDefault(service, 0.0);
    }

    /** The departures, those that others explain discounted; those who call nobody come first. */
    List<Departure> explained() {
        List<String> order = new ArrayList<>(departures.keySet());
        order.sort(Comparator.comparingInt((String s) -> callees.below(s).size())
                .thenComparing(Comparator.naturalOrder()));
        List<Departure> result = new ArrayList<>();
        @Nullable
        Departure surge = departures.values().stream()
                .flatMap(List::stream)
                .filter(d -> d.kind() == Departure.Kind.TRAFFIC)
                .max(Comparator.comparingDouble(Departure::score))
                .orElse(null);
        for (String service : order) {
            List<Departure> left = new ArrayList<>();
            for (Departure d : departures.getOrDefault(service, List.of())) {
                left.add(explained(d, surge));
            }
            departures.put(service, left);
            result.addAll(left);
        }
        // More requests matter as far as something suffers from them.
        result.replaceAll(d -> d.kind() == Departure.Kind.TRAFFIC ? d.relevance(Math.min(d.relevance(), victim)) : d);
        return result;
    }

    private Departure explained(Departure d, @Nullable Departure surge) {
        if (d.score() <= 0 || d.kind() == Departure.Kind.TRAFFIC) {
            return d;
        }
        if (surge != null && d.kind() != Departure.Kind.STRUCTURE && d.kind() != Departure.Kind.FAILURE) {
            double share = bySurge(d, surge.change());
            if (share > 0) {
                victim = Math.max(victim, d.score() * share);
                d = d.explained(1 - (1 - d.explained()) * (1 - share), surge);
            }
        }
        if (d.kind() == Departure.Kind.RESOURCE) {
            return d;
        }
        Set<String> candidates = callees.below(d.service());
        if (!d.callee().isEmpty()) {
            @Nullable
            Departure its = departures.getOrDefault(d.callee(), List.of()).stream()
                    .filter(o -> o.kind() == Departure.Kind.FAILURE)
                    .max(Comparator.comparingDouble(Departure::score))
                    .orElse(null);
            if (its != null) {
                credit.merge(d.callee(), d.score() * (1 - its.explained()), Math::max);
                return d.explained(1, its);
            }
            candidates = callees.below(d.callee());
        }
        @Nullable Departure by = worst(candidates);
        if (by == null) {
            return d;
        }
        if (d.kind() == Departure.Kind.CALL_GAP) {
            double queue = holding.byCalls(d.service(), d.change()) * Math.sqrt(Math.min(1, by.score() / d.score()));
            d = d.explained(1 - (1 - d.explained()) * (1 - queue), by);
        }
        double share = Math.min(1, Math.max(by.score(), credit(by.service())) / d.score());
        return d.explained(1 - (1 - d.explained()) * (1 - share), by);
    }

    /** The worst departure of services that can make others fail or wait. */
    private @Nullable Departure worst(Set<String> services) {
        @Nullable Departure found = null;
        for (String service : services) {
            for (Departure d : departures.getOrDefault(service, List.of())) {
                boolean spreads = d.kind() == Departure.Kind.FAILURE
                        || d.kind() == Departure.Kind.OWN_TIME
                        || d.kind() == Departure.Kind.CALL_GAP;
                if (spreads && (found == null || d.score() > found.score())) {
                    found = d;
                }
            }
        }
        return found;
    }

    /** Share of a departure that more requests explain: use grows with them, and waiting with use. */
    private double bySurge(Departure d, double most) {
        double growth = Math.min(most, traffic.growth(d.service()));
        if (d.kind() == Departure.Kind.RESOURCE) {
            double before = d.change() - d.relevance();
            return d.relevance() <= 0 ? 0 : Math.min(1, before * (growth - 1) / d.relevance());
        }
        return 1 - 1 / growth;
    }
}
