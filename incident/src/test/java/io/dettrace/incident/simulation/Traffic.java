package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** How much of a window without a fault goes where: a fault where nothing passes would not be one. */
final class Traffic {
    private final Map<Long, double[]> calls = new HashMap<>();
    private final double[] requests;
    private final Map<Long, Integer> operations = new HashMap<>();
    private final double[] busy;

    Traffic(ServiceGraph graph, Window window, long duration) {
        Map<String, Integer> numbers = new HashMap<>();
        graph.services().forEach(s -> numbers.put(s.name(), s.number()));
        requests = new double[numbers.size()];
        busy = new double[numbers.size()];
        for (TelemetrySpan span : window.spans()) {
            String callee = Observed.address(span);
            if (!callee.isEmpty()) {
                int to = numbers.get(callee);
                double[] sums =
                        calls.computeIfAbsent(key(numbers.get(span.resource().service()), to), k -> new double[2]);
                sums[0]++;
                sums[1] += span.end() - span.start();
                if (!graph.services().get(to).instrumented()) {
                    requests[to]++;
                }
            }
        }
        for (Outcome outcome : window.outcomes()) {
            requests[outcome.service()]++;
            busy[outcome.service()] += (double) outcome.response() / duration;
            operations.merge(key(outcome.service(), outcome.operation()), 1, Integer::sum);
        }
    }

    private static long key(int high, int low) {
        return (long) high << 32 | low;
    }

    long requests(Service service) {
        return (long) requests[service.number()];
    }

    /** Requests at a service at a time, on average. */
    double busy(Service service) {
        return busy[service.number()];
    }

    long calls(Edge edge) {
        double[] sums = calls.get(key(edge.from(), edge.to()));
        return sums == null ? 0 : (long) sums[0];
    }

    /** Mean time of a call, nanoseconds. */
    double response(Edge edge) {
        double[] sums = calls.get(key(edge.from(), edge.to()));
        return sums == null ? 0 : sums[1] / sums[0];
    }

    /** An operation of a service, drawn by its requests. */
    int busiest(Service service, Random random) {
        double at = random.nextDouble() * requests(service);
        for (int i = 0; i < service.operations().size(); i++) {
            at -= operations.getOrDefault(key(service.number(), i), 0);
            if (at < 0) {
                return i;
            }
        }
        return service.operations().size() - 1;
    }
}
