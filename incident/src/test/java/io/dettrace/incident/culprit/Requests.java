package io.dettrace.incident.culprit;

import io.dettrace.event.Field;
import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Windows made by hand: spans are begun and ended on a clock in milliseconds. */
final class Requests {
    private static final long MS = 1_000_000;

    private final WindowBuilder builder;
    private long trace;
    private long id;
    private long now;
    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(String service, String operation, SpanKind kind, String peer, long id, long start) {}

    Requests(Names names) {
        builder = new WindowBuilder(names);
    }

    /** Begins a request. */
    Requests request() {
        trace++;
        now += 1_000;
        return this;
    }

    Requests serve(String service, String operation) {
        return begin(service, operation, SpanKind.SERVER, "");
    }

    Requests call(String service, String operation) {
        return call(service, operation, "");
    }

    /** A call of something that records no spans. */
    Requests call(String service, String operation, String peer) {
        return begin(service, operation, SpanKind.CLIENT, peer);
    }

    private Requests begin(String service, String operation, SpanKind kind, String peer) {
        open.push(new Open(service, operation, kind, peer, ++id, now));
        return this;
    }

    Requests pass(long ms) {
        now += ms;
        return this;
    }

    Requests log(String severity, String statement) {
        Open in = open.element();
        builder.log(new TelemetryLog(
                resource(in.service()), 0, trace, in.id(), now * MS, severity, statement, statement, List.of()));
        return this;
    }

    Requests end() {
        return end(false);
    }

    Requests fail() {
        return end(true);
    }

    private Requests end(boolean error) {
        Open o = open.pop();
        long parent = open.isEmpty() ? 0 : open.element().id();
        builder.span(new TelemetrySpan(
                resource(o.service()),
                0,
                trace,
                o.id(),
                parent,
                o.operation(),
                o.kind(),
                o.start() * MS,
                now * MS,
                error,
                "",
                o.peer().isEmpty() ? List.of() : List.of(new Field("server.address", Field.Type.STRING, o.peer())),
                List.of()));
        return this;
    }

    private static TelemetryResource resource(String service) {
        return new TelemetryResource(service, "", "", List.of());
    }

    Window window() {
        return builder.build();
    }
}
