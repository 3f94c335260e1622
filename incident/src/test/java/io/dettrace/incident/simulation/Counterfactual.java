package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The truth about what a fault hit, by running the same requests with it and without it. A service is hit if of its
 * requests that happen in both runs
 * <ul>
 *   <li>more than 1 %, and at least three, ended with another status or made other calls, or calls with other results; or
 *   <li>the median or the 95th percentile of the response times moved by more than 10 % and 0.5 ms, up or down, and so did
 *       the response times of at least 5 % of the requests, and of at least three. A response time counts from the arrival at
 *       the service, so that waiting in its queue is its own.
 * </ul>
 * A service that has merely fewer or more requests is not hit, and one with fewer than 20 that happen in both runs is not
 * judged: it is unclear, as is one that is beyond the limits by half to twice. A request's draws are its own whatever else happens, so
 * without a fault the two runs are the same and no service is hit by chance.
 */
final class Counterfactual {
    private static final double CHANGED = 0.01;
    private static final int LEAST_CHANGED = 3;
    private static final double SHIFT = 0.1;
    private static final double MOVED = 0.05;
    private static final int LEAST_REQUESTS = 20;
    private static final double LEAST_SHIFT = 0.5e6;

    private Counterfactual() {}

    /** How far a service is beyond the limits of being hit, 1 at the limit; NaN if it has too few requests. */
    static Map<Integer, Double> sizes(Window without, Window with) {
        Map<Long, Outcome> before = new HashMap<>();
        without.outcomes().forEach(o -> before.put(o.span(), o));
        Map<Integer, List<Outcome[]>> pairs = new TreeMap<>();
        for (Outcome after : with.outcomes()) {
            Outcome same = before.get(after.span());
            if (same != null) {
                pairs.computeIfAbsent(after.service(), s -> new ArrayList<>()).add(new Outcome[] {same, after});
            }
        }
        Map<Integer, Double> sizes = new TreeMap<>();
        pairs.forEach((service, of) -> sizes.put(service, of.size() < LEAST_REQUESTS ? Double.NaN : size(of)));
        return sizes;
    }

    private static double size(List<Outcome[]> pairs) {
        long changed = pairs.stream()
                .filter(p -> p[0].error() != p[1].error() || p[0].structure() != p[1].structure())
                .count();
        double size = changed < LEAST_CHANGED ? 0 : changed / (double) pairs.size() / CHANGED;
        long moved = pairs.stream()
                .filter(p -> shift(p[0].response(), p[1].response()) > 1)
                .count();
        if (moved < LEAST_CHANGED || moved < MOVED * pairs.size()) {
            return size;
        }
        long[] before = pairs.stream().mapToLong(p -> p[0].response()).sorted().toArray();
        long[] after = pairs.stream().mapToLong(p -> p[1].response()).sorted().toArray();
        int median = before.length / 2;
        int high = (int) (0.95 * (before.length - 1));
        return Math.max(size, Math.max(shift(before[median], after[median]), shift(before[high], after[high])));
    }

    private static double shift(long before, long after) {
        double moved = Math.abs(after - before);
        return moved < LEAST_SHIFT ? 0 : moved / Math.max(1, before) / SHIFT;
    }

    /** The truth of a fault from the same window without it and with it. */
    static Truth truth(ServiceGraph graph, Fault fault, Window without, Window with) {
        Map<Integer, Double> sizes = sizes(without, with);
        Set<Integer> hit = new TreeSet<>();
        Set<Integer> unclear = new TreeSet<>();
        sizes.forEach((service, size) -> {
            if (size > 1) {
                hit.add(service);
            }
            if (Double.isNaN(size) || size > 0.5 && size <= 2) {
                unclear.add(service);
            }
        });
        Set<Integer> direct = new TreeSet<>(graph.neighbours(fault.root()));
        direct.retainAll(hit);
        Set<Integer> accepted = new TreeSet<>(fault.accepted());
        if (fault.kind() == FaultKind.TRAFFIC_SURGE) {
            bottleneck(without, with, accepted);
        }
        Service root = graph.services().get(fault.root());
        ServiceGraph.Edge edge = fault.edge() < 0 ? null : graph.edges().get(fault.edge());
        return new Truth(
                fault.kind(),
                root.name(),
                names(graph, accepted),
                fault.kind().families(),
                fault.instance() < 0
                        ? ""
                        : root.instances().get(fault.instance()).name(),
                fault.operation() < 0
                        ? ""
                        : Conventions.name(root, root.operations().get(fault.operation()), false),
                edge == null ? "" : name(graph, edge.from()) + ">" + name(graph, edge.to()),
                fault.resource(),
                names(graph, hit),
                names(graph, direct),
                names(graph, unclear),
                fault.onset());
    }

    /** Adds the service whose queues grew most: where a surge from outside is felt first. */
    private static void bottleneck(Window without, Window with, Set<Integer> accepted) {
        double most = 1e9;
        int found = -1;
        for (int i = 0; i < with.states().size(); i++) {
            double grown = 0;
            for (InstanceState state : with.states().get(i)) {
                grown += state.waited;
            }
            for (InstanceState state : without.states().get(i)) {
                grown -= state.waited;
            }
            if (grown > most) {
                most = grown;
                found = i;
            }
        }
        if (found >= 0) {
            accepted.add(found);
        }
    }

    private static String name(ServiceGraph graph, int service) {
        return graph.services().get(service).name();
    }

    private static Set<String> names(ServiceGraph graph, Set<Integer> services) {
        Set<String> names = new TreeSet<>();
        services.forEach(s -> names.add(name(graph, s)));
        return names;
    }
}
