package io.dettrace.incident.window;

import io.dettrace.event.Field;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Window} of telemetry in any order. What comes twice is taken once; a span whose parent is not there is a root of
 * its own behind the request's first; a log record without a span counts for none, but may tell of a {@link Happening}.
 */
public final class WindowBuilder implements TelemetrySink {
    static final List<String> SEVERITIES = List.of("", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    static final byte ERROR_SEVERITY = 5;

    /** What a client span calls if nothing of the callee is recorded, the most telling first (semantic conventions 1.37). */
    private static final List<String> PEER = List.of(
            "peer.service",
            "service.peer.name",
            "db.namespace",
            "db.name",
            "messaging.destination.name",
            "server.address",
            "net.peer.name",
            "db.system.name",
            "db.system",
            "messaging.system",
            "rpc.service");

    private static final String EXCEPTION_TYPE = "exception.type";

    private final Names names;
    private final SpanColumns spans = new SpanColumns();
    private final LogColumns logs = new LogColumns();
    private final Happenings happenings = new Happenings();
    private final Map<String, TreeMap<Long, Double>> points = new TreeMap<>();
    private final Map<String, String> units = new HashMap<>();
    private @Nullable TelemetryResource last;
    private int lastService;
    private int lastInstance;
    private int lastVersion;
    private float weight = 1;

    /** A window whose names get numbers of {@code names}. */
    public WindowBuilder(Names names) {
        this.names = names;
    }

    /** True if a window takes this attribute of spans or of their events into account; others need not be kept for it. */
    public static boolean reads(String attribute) {
        return PEER.contains(attribute) || attribute.equals(EXCEPTION_TYPE);
    }

    /** Says how many requests each one that comes from now on stands for; 1 unless said. */
    public void weight(double requests) {
        weight = (float) requests;
    }

    @Override
    public void span(TelemetrySpan s) {
        of(s.resource());
        int i = spans.add();
        spans.traceHigh[i] = s.traceHigh();
        spans.traceLow[i] = s.traceLow();
        spans.id[i] = s.id();
        spans.parentId[i] = s.parent();
        spans.service[i] = lastService;
        spans.instance[i] = lastInstance;
        spans.version[i] = lastVersion;
        spans.operation[i] = names.of(s.name());
        spans.peer[i] = peer(s);
        spans.start[i] = s.start();
        spans.end[i] = s.end();
        spans.weight[i] = weight;
        spans.flags[i] = (byte) (s.kind().ordinal() | (s.error() ? Window.ERROR : 0));
        happenings.span(s);
        for (TelemetryEvent e : s.events()) {
            if (e.name().equals("exception")) {
                logs.add(s.traceHigh(), s.traceLow(), s.id(), exception(e), ERROR_SEVERITY, e.time());
            }
        }
    }

    private int exception(TelemetryEvent event) {
        String type = "";
        for (Field f : event.attributes()) {
            type = f.path().equals(EXCEPTION_TYPE) ? f.text() : type;
        }
        return names.of("exception " + type);
    }

    private int peer(TelemetrySpan s) {
        if (s.kind() != SpanKind.CLIENT && s.kind() != SpanKind.PRODUCER) {
            return -1;
        }
        int best = PEER.size();
        String name = "";
        for (Field f : s.attributes()) {
            int rank = PEER.indexOf(f.path());
            if (rank >= 0 && rank < best) {
                best = rank;
                name = f.text();
            }
        }
        return best == PEER.size() ? -1 : names.of(name);
    }

    private void of(TelemetryResource resource) {
        if (resource != last) {
            last = resource;
            lastService = names.of(resource.service());
            lastInstance = names.of(resource.instance());
            lastVersion = names.of(resource.version());
        }
    }

    @Override
    public void log(TelemetryLog log) {
        happenings.log(log);
        if (log.span() == 0) {
            return;
        }
        String statement = log.source().isEmpty() ? Statements.of(log.body()) : log.source();
        int severity = SEVERITIES.indexOf(log.severity());
        logs.add(
                log.traceHigh(),
                log.traceLow(),
                log.span(),
                names.of(statement),
                (byte) Math.max(0, severity),
                log.time());
    }

    @Override
    public void metric(TelemetryMetric point) {
        StringBuilder key =
                new StringBuilder(point.resource().service()).append('\0').append(point.name());
        point.attributes().stream()
                .sorted(Comparator.comparing(Field::path))
                .forEach(f -> key.append(' ').append(f.path()).append('=').append(f.text()));
        key.append('\0').append(point.resource().instance());
        units.putIfAbsent(key.toString(), point.unit());
        points.computeIfAbsent(key.toString(), k -> new TreeMap<>()).put(point.time(), point.value());
    }

    /** The window of what came so far. */
    public Window build() {
        Window window = new Window(names);
        int[] newNumber = new SpanOrder(spans).into(window);
        logs.into(window, spans, newNumber);
        List<Series> all = new ArrayList<>();
        points.forEach((key, values) -> {
            String[] parts = key.split("\0", -1);
            all.add(new Series(
                    names.of(parts[0]),
                    parts[1],
                    units.getOrDefault(key, ""),
                    values.keySet().stream().mapToLong(Long::longValue).toArray(),
                    values.values().stream().mapToDouble(Double::doubleValue).toArray()));
        });
        window.series = List.copyOf(all);
        window.happenings = happenings.of(window);
        window.variants = happenings.flags();
        return window;
    }
}
