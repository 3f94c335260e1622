package io.dettrace.incident.simulation;

import io.dettrace.event.Field;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A window as the rankers for comparison see it: requests by service, calls between services, processor use. */
final class Observed implements TelemetrySink {
    /** A request at a service, or a call of one that has no spans of its own. */
    record Request(String operation, long start, long duration, boolean error) {}

    final Map<String, List<Request>> requests = new TreeMap<>();
    final Map<String, Set<String>> callees = new TreeMap<>();
    /** Spans of a service, or of the calls of one that has none of its own. */
    final Map<String, List<Request>> all = new TreeMap<>();
    /** Services with a span that has no parent. */
    final Set<String> entries = new TreeSet<>();
    /** Call times minus the callee's own, by callee. */
    final Map<String, List<Long>> gaps = new TreeMap<>();

    final Map<String, List<Double>> processor = new TreeMap<>();
    long roots;
    private final List<TelemetrySpan> spans = new ArrayList<>();

    private Observed() {}

    /** What a window shows. */
    static Observed of(Consumer<TelemetrySink> window) {
        Observed observed = new Observed();
        window.accept(observed);
        observed.join();
        return observed;
    }

    @Override
    public void span(TelemetrySpan span) {
        spans.add(span);
    }

    @Override
    public void log(TelemetryLog log) {}

    @Override
    public void metric(TelemetryMetric point) {
        if (point.name().equals("process.cpu.utilization")) {
            processor
                    .computeIfAbsent(point.resource().service(), s -> new ArrayList<>())
                    .add(point.value());
        }
    }

    private void join() {
        Map<Long, TelemetrySpan> byId = new HashMap<>();
        Set<String> own = new HashSet<>();
        for (TelemetrySpan span : spans) {
            byId.put(span.id(), span);
            own.add(span.resource().service());
        }
        for (TelemetrySpan span : spans) {
            String service = span.resource().service();
            add(all, service, span);
            if (span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER) {
                add(requests, service, span);
                TelemetrySpan caller = byId.get(span.parent());
                if (span.parent() == 0) {
                    entries.add(service);
                    roots++;
                } else if (caller != null) {
                    call(caller.resource().service(), service);
                    if (span.kind() == SpanKind.SERVER) {
                        gaps.computeIfAbsent(service, s -> new ArrayList<>()).add(duration(caller) - duration(span));
                    }
                }
            } else {
                String callee = address(span);
                if (!callee.isEmpty() && !own.contains(callee)) {
                    add(requests, callee, span);
                    add(all, callee, span);
                    call(service, callee);
                }
            }
        }
        spans.clear();
    }

    private static void add(Map<String, List<Request>> to, String service, TelemetrySpan span) {
        to.computeIfAbsent(service, s -> new ArrayList<>())
                .add(new Request(span.name(), span.start(), duration(span), span.error()));
    }

    private void call(String caller, String callee) {
        callees.computeIfAbsent(caller, s -> new TreeSet<>()).add(callee);
    }

    private static long duration(TelemetrySpan span) {
        return span.end() - span.start();
    }

    /** The address that a client's span names, empty for none. */
    static String address(TelemetrySpan span) {
        for (Field attribute : span.attributes()) {
            if (attribute.path().equals("server.address")) {
                return attribute.text();
            }
        }
        return "";
    }

    /** Services by score, best first, those of the same score by name. */
    static List<String> ranked(Map<String, Double> scores) {
        return scores.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A quantile of values, which it sorts. */
    static double quantile(List<Long> values, double at) {
        long[] sorted = values.stream().mapToLong(v -> v).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) (at * (sorted.length - 1))];
    }
}
