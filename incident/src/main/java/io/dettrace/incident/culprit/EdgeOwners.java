package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose what happens between two services is: gaps of calls, and calls that nobody answers. Either of the two may be why: one that
 * is slow to answer, or one that is slow to hear. The service is taken that explains most of the excess with the fewest exceptions
 * (the harmonic mean of the share of the excess on its calls, and the share of its calls that depart), then the next for what is
 * left: a greedy weighted vertex cover (Chvátal 1979). Of a caller and a callee that explain alike the callee is taken.
 */
final class EdgeOwners {
    private final double z;
    private final Map<String, Double> callsOf = new HashMap<>();

    /**
     * For all calls of the windows.
     *
     * @param calls requests of the incident by edge {@code caller>callee}
     */
    EdgeOwners(Map<String, Double> calls, double z) {
        this.z = z;
        calls.forEach((edge, n) -> {
            callsOf.merge(caller(edge), n, Double::sum);
            callsOf.merge(callee(edge), n, Double::sum);
        });
    }

    /** A departure of a service, made of those of the calls that it owns. */
    record Owned(Departure departure, List<Found> parts) {}

    List<Owned> own(List<Found> found) {
        List<Found> left = new ArrayList<>(found);
        List<Owned> owned = new ArrayList<>();
        while (!left.isEmpty()) {
            String best = best(left);
            List<Found> its = left.stream()
                    .filter(g -> touches(g.departure().subject(), best))
                    .toList();
            left.removeAll(its);
            owned.add(new Owned(merge(best, its), its));
        }
        return owned;
    }

    private String best(List<Found> left) {
        double whole = left.stream().mapToDouble(Found::excess).sum();
        Map<String, double[]> of = new TreeMap<>();
        for (Found g : left) {
            String edge = g.departure().subject();
            for (String service : new TreeSet<>(List.of(caller(edge), callee(edge)))) {
                double[] sums = of.computeIfAbsent(service, s -> new double[3]);
                sums[0] += g.excess() / whole;
                sums[1] += g.departure().incidentHits();
                sums[2] += service.equals(callee(edge)) ? 1 : 0;
            }
        }
        Comparator<Map.Entry<String, double[]>> order = Comparator.comparingDouble(e -> {
            double[] sums = e.getValue();
            double share = Math.min(1, sums[1] / callsOf.getOrDefault(e.getKey(), 1.0));
            return 2 * sums[0] * share / (sums[0] + share);
        });
        return of.entrySet().stream()
                .max(order.thenComparingDouble(e -> e.getValue()[2]))
                .orElseThrow()
                .getKey();
    }

    private Departure merge(String service, List<Found> parts) {
        Departure main = parts.stream()
                .max(Comparator.comparingDouble(Found::excess))
                .orElseThrow()
                .departure();
        int baseline = 0;
        int baselineHits = 0;
        int incident = 0;
        int hits = 0;
        double excess = 0;
        double relevance = 0;
        double p = 1;
        for (Found g : parts) {
            Departure d = g.departure();
            baseline += d.baseline();
            baselineHits += d.baselineHits();
            incident += d.incident();
            hits += d.incidentHits();
            excess += g.excess();
            relevance += d.relevance() * d.incident();
            p = Math.min(p, d.p() * parts.size());
        }
        return new Departure(
                main.kind(),
                service,
                main.subject(),
                "",
                "",
                "",
                baseline,
                baselineHits,
                incident,
                hits,
                excess / incident,
                relevance / incident,
                Counting.low(baselineHits, baseline, hits, incident, z),
                p,
                0,
                null);
    }

    private static boolean touches(String edge, String service) {
        return caller(edge).equals(service) || callee(edge).equals(service);
    }

    static String caller(String edge) {
        return edge.substring(0, edge.indexOf('>'));
    }

    static String callee(String edge) {
        return edge.substring(edge.indexOf('>') + 1);
    }
}
