package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Call;
import io.dettrace.incident.simulation.ServiceGraph.Calls;
import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Entry;
import io.dettrace.incident.simulation.ServiceGraph.Instance;
import io.dettrace.incident.simulation.ServiceGraph.Operation;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import io.dettrace.incident.simulation.ServiceGraph.Step;
import io.dettrace.incident.simulation.ServiceGraph.Style;
import io.dettrace.incident.simulation.ServiceGraph.Work;
import java.util.ArrayList;
import java.util.List;

/** Small graphs made by hand: one operation and one instance for each service, the first one is called from outside. */
final class HandMade {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;

    private final List<Service> services = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    /** Rules of calls that are out of the way: nothing times out, nothing is tried again, pools are large. */
    static Edge easy(int from, int to) {
        return rules(from, to, 60 * SECOND, 0, false, 1_000);
    }

    static Edge rules(int from, int to, long timeout, int retries, boolean breaker, int pool) {
        return new Edge(-1, from, to, timeout, retries, 20 * MILLI, false, breaker, pool, 0.2 * MILLI, false);
    }

    /** Adds a service that works for {@code work} nanoseconds in the median, then calls along {@code calls}, one by one. */
    HandMade service(String name, Protocol protocol, int workers, double work, double sigma, Call... calls) {
        int number = services.size();
        List<Step> steps = new ArrayList<>(List.of(new Work(work, sigma)));
        for (Call call : calls) {
            Edge rules = call.edge();
            Edge edge = new Edge(
                    edges.size(),
                    number,
                    rules.to(),
                    rules.timeout(),
                    rules.retries(),
                    rules.backoff(),
                    rules.jitter(),
                    rules.breaker(),
                    rules.pool(),
                    rules.latency(),
                    rules.message());
            edges.add(edge);
            steps.add(new Calls(
                    List.of(new Call(steps.size(), edge, 0, call.probability(), call.hitRatio(), call.optional()))));
        }
        Instance instance = new Instance(number, number, name + "-0", "10.0.0." + number, 0, workers, 1_000);
        services.add(new Service(
                number,
                name,
                protocol,
                protocol != Protocol.DATABASE,
                false,
                new Style(true, true, true, false, false),
                List.of(instance),
                List.of(new Operation(number, 0, name + "op", 0, "Exception", steps))));
        return this;
    }

    static Call call(Edge rules) {
        return new Call(0, rules, 0, 1, 0, false);
    }

    static Call optional(Edge rules) {
        return new Call(0, rules, 0, 1, 0, true);
    }

    ServiceGraph graph(double rate) {
        return new ServiceGraph(services, edges, List.of(new Entry(0, 0, 1)), rate, 1_700_000_000L * SECOND);
    }

    static Load load(long seed, long seconds) {
        return new Load(seed, seconds * SECOND, 1, 0);
    }

    /** A fault of the error burst's kind at a service, with these effects from the window's begin. */
    static Fault fault(int root, Effect... effects) {
        return new Fault(
                FaultKind.ERROR_BURST,
                root,
                java.util.Set.of(root),
                -1,
                -1,
                -1,
                "",
                -SECOND,
                List.of(effects),
                List.of(),
                List.of());
    }
}
