package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Random places for faults in a graph, among those where enough requests pass. */
final class Places {
    private static final int LEAST_REQUESTS = 40;

    private final ServiceGraph graph;
    private final Traffic traffic;
    private final Random random;

    Places(ServiceGraph graph, Traffic traffic, Random random) {
        this.graph = graph;
        this.traffic = traffic;
        this.random = random;
    }

    /** Edges that lead to a service. */
    List<Edge> into(Service service) {
        return graph.edges().stream().filter(e -> e.to() == service.number()).toList();
    }

    /** Numbers of the instances that call a service. */
    List<Integer> callers(Service service) {
        List<Integer> callers = new ArrayList<>();
        for (Edge edge : into(service)) {
            if (traffic.calls(edge) >= LEAST_REQUESTS / 2) {
                graph.services().get(edge.from()).instances().forEach(i -> callers.add(i.id()));
            }
        }
        return callers;
    }

    /** True if a cache is before some call along an edge. */
    boolean cached(Edge edge) {
        return graph.services().get(edge.from()).operations().stream()
                .flatMap(o -> o.steps().stream())
                .anyMatch(s -> s instanceof ServiceGraph.Calls c
                        && c.calls().stream().anyMatch(k -> k.edge() == edge && k.hitRatio() > 0));
    }

    /** A service, or null if none fits. */
    @Nullable
    Service any(Predicate<Service> fits) {
        List<Service> places = graph.services().stream()
                .filter(s -> traffic.requests(s) >= LEAST_REQUESTS && fits.test(s))
                .toList();
        return places.isEmpty() ? null : places.get(random.nextInt(places.size()));
    }

    /** An edge, or null if none fits. */
    @Nullable
    Edge anyEdge(Predicate<Edge> fits) {
        List<Edge> places = graph.edges().stream()
                .filter(e -> traffic.calls(e) >= LEAST_REQUESTS && fits.test(e))
                .toList();
        return places.isEmpty() ? null : places.get(random.nextInt(places.size()));
    }

    /** An operation of a service, drawn by its requests. */
    int busyOperation(Service service) {
        return traffic.busiest(service, random);
    }
}
