package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which services call which, and what a callee's departures explain in its callers beyond single requests: a breaker that is open
 * because of a callee, workers and connections that a slow callee holds, work left undone.
 */
final class CallGraph {
    private final Map<String, Set<String>> callees = new TreeMap<>();
    private final Map<String, List<Departure>> departures = new HashMap<>();
    private final Map<String, Departure> worst = new HashMap<>();

    /**
     * A graph.
     *
     * @param edges {@code caller>callee}
     */
    CallGraph(Collection<String> edges, List<Departure> all) {
        for (String edge : edges) {
            callees.computeIfAbsent(EdgeOwners.caller(edge), c -> new TreeSet<>())
                    .add(EdgeOwners.callee(edge));
        }
        all.forEach(d ->
                departures.computeIfAbsent(d.service(), s -> new ArrayList<>()).add(d));
    }

    /** The departures, those that callees explain discounted. */
    List<Departure> explained() {
        List<Departure> result = new ArrayList<>();
        for (String service : new TreeSet<>(departures.keySet())) {
            for (Departure d : departures.get(service)) {
                result.add(explained(d, new HashSet<>(Set.of(service))));
            }
        }
        return result;
    }

    private Departure explained(Departure d, Set<String> path) {
        if (d.kind() == Departure.Kind.RESOURCE) {
            return d;
        }
        @Nullable Departure by = below(d.service(), path);
        if (by == null || d.score() <= 0) {
            return d;
        }
        double share = Math.min(1, by.score() / d.score());
        double both = 1 - (1 - d.explained()) * (1 - share);
        return d.explained(both, by);
    }

    /** The worst departure below a service that nothing further below explains. */
    private @Nullable Departure below(String service, Set<String> path) {
        @Nullable Departure found = null;
        for (String callee : callees.getOrDefault(service, Set.of())) {
            if (path.add(callee)) {
                Departure its = worst(callee, path);
                if (its != null && (found == null || its.score() > found.score())) {
                    found = its;
                }
                path.remove(callee);
            }
        }
        return found;
    }

    private @Nullable Departure worst(String service, Set<String> path) {
        if (worst.containsKey(service)) {
            return worst.get(service);
        }
        @Nullable Departure found = below(service, path);
        for (Departure d : departures.getOrDefault(service, List.of())) {
            Departure left = explained(d, path);
            if (found == null || left.score() > found.score()) {
                found = left;
            }
        }
        worst.put(service, found);
        return found;
    }
}
