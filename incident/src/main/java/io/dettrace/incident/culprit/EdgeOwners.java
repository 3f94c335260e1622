package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose what happens between two services is: gaps of calls, and calls that nobody answers. Either of the two may be why: one that
 * is slow to answer, or one that is slow to hear. The service is taken that explains most of the excess with the fewest exceptions
 * (the harmonic mean of the share of the excess on its calls, and the share of its calls that depart), then the next for what is
 * left: a greedy weighted vertex cover (Chvátal 1979). Of a caller and a callee that explain alike the callee is taken.
 */
final class EdgeOwners {
    private final double z;
    private final Map<String, Double> calls;

    /**
     * For all calls of the windows.
     *
     * @param calls requests of the incident by edge {@code caller>callee}
     */
    EdgeOwners(Map<String, Double> calls, double z) {
        this.z = z;
        this.calls = calls;
    }

    /** A departure of a service, made of those of the calls that it owns. */
    record Owned(Departure departure, List<Found> parts) {}

    List<Owned> own(List<Found> found) {
        List<Found> left = new ArrayList<>(found);
        List<Owned> owned = new ArrayList<>();
        while (!left.isEmpty()) {
            String best = best(left);
            List<Found> its = left.stream()
                    .filter(g -> Role.BOTH.touches(g.departure().subject(), best))
                    .toList();
            left.removeAll(its);
            owned.add(new Owned(merge(best, its), its));
        }
        return owned;
    }

    private String best(List<Found> left) {
        double whole = left.stream().mapToDouble(Found::excess).sum();
        Set<String> services = new TreeSet<>();
        left.forEach(f -> services.addAll(
                List.of(caller(f.departure().subject()), callee(f.departure().subject()))));
        String best = "";
        double most = -1;
        for (Role role : Role.values()) {
            for (String service : services) {
                double explained = 0;
                double hits = 0;
                for (Found f : left) {
                    if (role.touches(f.departure().subject(), service)) {
                        explained += f.excess() / whole;
                        hits += f.departure().incidentHits();
                    }
                }
                double all = calls.entrySet().stream()
                        .filter(e -> role.touches(e.getKey(), service))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
                double share = all == 0 ? 0 : Math.min(1, hits / all);
                double mean = explained + share == 0 ? 0 : 2 * explained * share / (explained + share);
                if (mean > most) {
                    most = mean;
                    best = service;
                }
            }
        }
        return best;
    }

    /** In what a service may be slow; of roles that explain alike the first counts. */
    private enum Role {
        CALLEE {
            @Override
            boolean touches(String edge, String service) {
                return callee(edge).equals(service);
            }
        },
        BOTH {
            @Override
            boolean touches(String edge, String service) {
                return callee(edge).equals(service) || caller(edge).equals(service);
            }
        },
        CALLER {
            @Override
            boolean touches(String edge, String service) {
                return caller(edge).equals(service);
            }
        };

        abstract boolean touches(String edge, String service);
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
                0,
                null);
    }

    static String caller(String edge) {
        return edge.substring(0, edge.indexOf('>'));
    }

    static String callee(String edge) {
        return edge.substring(edge.indexOf('>') + 1);
    }
}
