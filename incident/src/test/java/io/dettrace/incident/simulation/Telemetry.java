package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.Conventions.text;

import io.dettrace.event.Field;
import io.dettrace.incident.simulation.ServiceGraph.Instance;
import io.dettrace.incident.simulation.ServiceGraph.Operation;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what happens in a simulation as its services would: spans, log records and metrics, by their hosts' clocks. */
final class Telemetry {
    private static final List<Field> FLAG_ON = flag("on");
    private static final List<Field> FLAG_OFF = flag("off");

    private final ServiceGraph graph;
    private final Load load;
    private final EffectTable effects;
    private final Conventions conventions = new Conventions();
    private final Map<Running, TelemetryResource> resources = new HashMap<>();
    private final List<TelemetrySpan> spans = new ArrayList<>();
    private final List<TelemetryLog> logs = new ArrayList<>();
    private final List<TelemetryMetric> metrics = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<InstanceState, Double> workSeen = new HashMap<>();

    Telemetry(ServiceGraph graph, Load load, EffectTable effects) {
        this.graph = graph;
        this.load = load;
        this.effects = effects;
    }

    private static List<Field> flag(String variant) {
        return List.of(text("feature_flag.key", "new-path"), text("feature_flag.result.variant", variant));
    }

    /** An instance and the version that runs in it, empty for the usual one. */
    private record Running(int instance, String version) {}

    /** An identifier that is never 0. */
    static long identifier(long key, int purpose) {
        long id = Draws.mix(key, purpose);
        return id == 0 ? 1 : id;
    }

    Window window(List<List<InstanceState>> states) {
        return new Window(spans, logs, metrics, outcomes, states);
    }

    private TelemetryResource resource(InstanceState at, long now) {
        String version = effects.version(at.service.number(), at.index, now);
        Running key = new Running(at.instance.id(), version == null ? "" : version);
        return resources.computeIfAbsent(key, k -> {
            String shown = version == null ? "1." + at.service.name().length() + ".0" : version;
            String name = at.instance.name()
                    + (version == null ? "" : "-" + Integer.toString(version.hashCode() & 0xfff, 36));
            return new TelemetryResource(
                    at.service.name(),
                    name,
                    shown,
                    List.of(
                            text("service.name", at.service.name()),
                            text("service.instance.id", name),
                            text("service.version", shown),
                            text("host.name", at.instance.host())));
        });
    }

    private long shown(Instance instance, long time) {
        return graph.start() + load.begin() + time + instance.clockOffset();
    }

    /** A request has been answered. */
    void server(Execution e, long now) {
        Service service = e.at.service;
        if (!e.recorded || !service.instrumented()) {
            return;
        }
        String error = e.error == null ? "" : e.error;
        outcomes.add(new Outcome(
                e.span,
                service.number(),
                e.operation.number(),
                e.at.index,
                now - e.arrival,
                e.error != null,
                e.structure));
        long begin = service.style().spanBeginsInQueue() ? e.arrival : e.begin;
        TelemetryResource resource = resource(e.at, e.begin);
        spans.add(new TelemetrySpan(
                resource,
                Draws.mix(e.trace, 1),
                Draws.mix(e.trace, 2),
                e.span,
                e.parentSpan,
                conventions.spanName(service, e.operation, false),
                service.protocol() == Protocol.MESSAGE ? SpanKind.CONSUMER : SpanKind.SERVER,
                shown(e.at.instance, begin),
                shown(e.at.instance, now),
                e.error != null,
                e.error == null || !service.style().exceptionEvents() ? "" : last(e).text(),
                conventions.server(service, e.operation, error, e.upstream),
                events(e)));
        if (service.style().logs()) {
            log(e, resource);
        }
    }

    private static Execution.Notice last(Execution e) {
        return e.notices.get(e.notices.size() - 1);
    }

    private List<TelemetryEvent> events(Execution e) {
        ServiceGraph.Style style = e.at.service.style();
        List<TelemetryEvent> events = new ArrayList<>(0);
        if (style.flags()) {
            boolean on = effects.flag(e.at.service.number(), e.begin);
            events.add(new TelemetryEvent(
                    shown(e.at.instance, e.begin), "feature_flag.evaluation", on ? FLAG_ON : FLAG_OFF));
        }
        for (Execution.Notice notice : e.notices) {
            if (style.exceptionEvents() && notice.severity().equals("ERROR")) {
                events.add(new TelemetryEvent(
                        shown(e.at.instance, notice.time()),
                        "exception",
                        List.of(text("exception.type", notice.type()), text("exception.message", notice.text()))));
            }
        }
        return events;
    }

    private void log(Execution e, TelemetryResource resource) {
        int line = 20 + Math.floorMod(e.operation.name().hashCode(), 200);
        String place = e.operation.name() + "Handler#";
        log(
                e,
                resource,
                e.begin,
                "INFO",
                place + line,
                "handling " + e.operation.name() + " " + (e.trace >>> 40),
                List.of());
        for (Execution.Notice notice : e.notices) {
            int at = line + 1 + Math.floorMod(notice.text().hashCode(), 60);
            log(
                    e,
                    resource,
                    notice.time(),
                    notice.severity(),
                    place + at,
                    notice.text(),
                    List.of(text("exception.type", notice.type())));
        }
    }

    private void log(
            Execution e,
            TelemetryResource resource,
            long time,
            String severity,
            String source,
            String body,
            List<Field> attributes) {
        long high = Draws.mix(e.trace, 1);
        long low = Draws.mix(e.trace, 2);
        long shown = shown(e.at.instance, time);
        logs.add(new TelemetryLog(resource, high, low, e.span, shown, severity, source, body, attributes));
    }

    /** A call's attempt has ended for the caller, with an error or an empty one. */
    void client(Attempt a, long now, String error) {
        boolean database = a.callee.protocol() == Protocol.DATABASE;
        if (a.number < a.edge.retries() && !error.isEmpty()) {
            a.caller.notices.add(new Execution.Notice(now, "WARN", error, "trying again: " + a.callee.name()));
        }
        if (database && !a.sent) {
            return;
        }
        call(a, database ? a.connected : a.begin, now, error, SpanKind.CLIENT);
    }

    /** A message has been handed to the broker. */
    void producer(Attempt a, long now) {
        call(a, a.begin, now, "", SpanKind.PRODUCER);
    }

    private void call(Attempt a, long begin, long now, String error, SpanKind kind) {
        Execution caller = a.caller;
        if (!caller.recorded) {
            return;
        }
        Operation operation = graph.operation(a.callee.number(), a.call.operation());
        String host = a.target == null ? "" : a.target.instance.host();
        spans.add(new TelemetrySpan(
                resource(caller.at, caller.begin),
                Draws.mix(caller.trace, 1),
                Draws.mix(caller.trace, 2),
                a.span,
                caller.span,
                conventions.spanName(a.callee, operation, true),
                kind,
                shown(caller.at.instance, begin),
                shown(caller.at.instance, now),
                !error.isEmpty(),
                error.equals(Attempt.TIMEOUT) ? "deadline exceeded" : "",
                conventions.client(a.callee, operation, host, a.number, error),
                List.of()));
    }

    /** Takes a sample of the metrics of all instances. */
    void sample(List<List<InstanceState>> states, long now) {
        for (List<InstanceState> members : states) {
            for (InstanceState state : members) {
                if (state.service.instrumented()) {
                    sample(state, now);
                }
            }
        }
    }

    private void sample(InstanceState at, long now) {
        at.advance(now);
        double before = workSeen.getOrDefault(at, 0.0);
        workSeen.put(at, at.workIntegral);
        long key = Draws.mix(Draws.mix(load.seed(), now), at.instance.id());
        double noise = Draws.lognormal(key, 1, 1, 0.05);
        double cores = effects.cores(at.instance, at.index, now);
        double used = Math.min(1, (at.workIntegral - before) / 10e9 / cores + 0.02) * noise;
        metric(at, now, "process.cpu.utilization", "1", Math.min(1, used), List.of());
        double memory = 2e8 * (1 + at.instance.id() % 5) * Draws.lognormal(key, 2, 1, 0.03);
        metric(at, now, "process.memory.usage", "By", memory + 2e5 * (at.queue.size() + at.busy), List.of());
        metric(at, now, "http.server.active_requests", "{request}", at.busy, List.of());
        metric(at, now, "executor.queue.length", "{request}", at.queue.size(), List.of());
        metric(
                at,
                now,
                "k8s.container.restart.count",
                "{restart}",
                effects.restarts(at.service.number(), at.index, now),
                List.of());
        at.pools.forEach((edge, pool) -> {
            int to = graph.edges().get(edge).to();
            List<Field> of = List.of(text("pool.name", graph.services().get(to).name()));
            int most = effects.rules(graph.edges().get(edge), now).pool();
            metric(at, now, "client.connection.usage", "{connection}", pool.used, of);
            metric(at, now, "client.connection.max", "{connection}", most, of);
            metric(at, now, "client.connection.pending_requests", "{request}", pool.waiting.size(), of);
        });
    }

    private void metric(InstanceState at, long now, String name, String unit, double value, List<Field> attributes) {
        metrics.add(new TelemetryMetric(resource(at, now), name, unit, shown(at.instance, now), value, attributes));
    }

    /** Writes the platform's log records. */
    void announce(List<Fault.Announcement> announcements) {
        TelemetryResource platform = new TelemetryResource("platform-events", "", "", List.of());
        for (Fault.Announcement a : announcements) {
            if (a.time() < 0 || a.time() > load.duration()) {
                continue;
            }
            Service service = graph.services().get(a.service());
            String of = a.instance() < 0
                    ? service.name()
                    : service.instances().get(a.instance()).name();
            logs.add(new TelemetryLog(
                    platform,
                    0,
                    0,
                    0,
                    graph.start() + load.begin() + a.time(),
                    "INFO",
                    "",
                    a.body().replace("{}", of),
                    List.of(text("event.name", a.event()), text("k8s.object.name", of))));
        }
    }
}
