package io.dettrace.incident.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A simulated incident: a baseline window, an incident window, and the truth.
 *
 * @param number of the incident in its series
 * @param tries faults drawn until one was material: hit the root, or where that has no spans of its own, a caller
 */
record Incident(int number, ServiceGraph graph, Fault fault, Window baseline, Window window, Truth truth, int tries) {
    private static final int TRIES = 12;

    /** Share of a healthy service's requests that fail at most, those that fail because of its callees among them. */
    private static final double MOST_ERRORS = 0.05;

    private static final long SECOND = 1_000_000_000L;

    /** The incident of a number in the series of a seed; kinds take turns. Same arguments, same incident. */
    static Incident generate(long seed, int number) {
        return generate(seed, number, 1);
    }

    /** The same with {@code size} times the requests. */
    static Incident generate(long seed, int number, double size) {
        FaultKind kind = FaultKind.values()[number % FaultKind.values().length];
        for (int graphs = 0; ; graphs++) {
            Incident incident = generate(kind, number, Draws.mix(Draws.mix(seed, number), graphs), size);
            if (incident != null) {
                return incident;
            }
        }
    }

    private static @Nullable Incident generate(FaultKind kind, int number, long seed, double size) {
        Random random = new Random(seed);
        long baseline = (120 + random.nextInt(181)) * SECOND;
        long duration = (60 + random.nextInt(121)) * SECOND;
        double requests = 500 * size * StrictMath.exp(random.nextDouble() * StrictMath.log(6));
        double rate = Math.min(requests * SECOND / duration, 5_000.0 * SECOND / baseline);
        ServiceGraph graph = GraphGenerator.generate(seed, rate);
        Load before = new Load(Draws.mix(seed, 1), baseline, 1, 0);
        long begin = baseline + (600 + random.nextInt(3_000)) * SECOND;
        Load during = new Load(Draws.mix(seed, 2), duration, 0.7 + 0.6 * random.nextDouble(), begin);
        Window without = Simulation.run(graph, during, List.of());
        if (!isHealthy(without)) {
            return null;
        }
        Traffic traffic = new Traffic(graph, without, duration);
        for (int tries = 1; tries <= TRIES; tries++) {
            Fault fault = FaultGenerator.draw(kind, graph, traffic, duration, random);
            if (fault == null) {
                return null;
            }
            Window calm = fault.setting().isEmpty() ? without : Simulation.run(graph, during, fault.setting());
            Window with = Simulation.run(graph, during, fault);
            Truth truth = Counterfactual.truth(graph, fault, calm, with);
            if (material(graph, fault, truth) && isHealthy(calm)) {
                Window healthy = Simulation.run(graph, before, fault.setting());
                if (!isHealthy(healthy)) {
                    return null;
                }
                return new Incident(number, graph, fault, healthy, with, truth, tries);
            }
        }
        return null;
    }

    /**
     * True if no service fails much by itself or by overload: what an incident is told from is a system that works, and a collapse
     * that the fault has no part in would be one more incident that the truth does not know.
     */
    private static boolean isHealthy(Window window) {
        Map<Integer, int[]> counts = new HashMap<>();
        for (Outcome o : window.outcomes()) {
            int[] of = counts.computeIfAbsent(o.service(), s -> new int[2]);
            of[0]++;
            of[1] += o.error() ? 1 : 0;
        }
        return counts.values().stream().allMatch(c -> c[1] <= Math.max(3, MOST_ERRORS * c[0]));
    }

    private static boolean material(ServiceGraph graph, Fault fault, Truth truth) {
        if (fault.kind() == FaultKind.TRAFFIC_SURGE
                || !graph.services().get(fault.root()).instrumented()) {
            return !truth.hit().isEmpty();
        }
        return truth.accepted().stream().anyMatch(truth.hit()::contains);
    }
}
