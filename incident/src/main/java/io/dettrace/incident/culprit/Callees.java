package io.dettrace.incident.culprit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which services call which. */
public final class Callees {
    private final Map<String, Set<String>> direct = new TreeMap<>();
    private final Map<String, Set<String>> all = new HashMap<>();

    /**
     * A graph.
     *
     * @param edges {@code caller>callee}
     */
    Callees(Collection<String> edges) {
        for (String edge : edges) {
            direct.computeIfAbsent(EdgeOwners.caller(edge), k -> new TreeSet<>())
                    .add(EdgeOwners.callee(edge));
        }
    }

    /** All that a service calls, directly or not, itself left out. */
    public Set<String> below(String service) {
        return all.computeIfAbsent(service, this::reach);
    }

    /** Those that a service calls itself. */
    public Set<String> direct(String service) {
        return direct.getOrDefault(service, Set.of());
    }

    /** All that call a service, directly or not, itself left out. */
    public Set<String> above(String service) {
        Set<String> above = new TreeSet<>();
        for (String caller : direct.keySet()) {
            if (!caller.equals(service) && below(caller).contains(service)) {
                above.add(caller);
            }
        }
        return above;
    }

    private Set<String> reach(String service) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(direct.getOrDefault(service, Set.of()));
        while (!next.isEmpty()) {
            String callee = next.remove();
            if (!callee.equals(service) && reached.add(callee)) {
                next.addAll(direct.getOrDefault(callee, Set.of()));
            }
        }
        return reached;
    }
}
