package io.dettrace.incident.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The hops of a trace of spans: starts, ends, and what the recording tells of changes. The events are those that the readers
 * of OTLP, Jaeger and Zipkin give.
 */
final class SpanHops {
    private static final String RECORD = "record";

    private final List<RequestEvent> events;
    private final Map<String, SpanNode> byStart = new LinkedHashMap<>();
    private final Map<String, List<SpanNode>> bySpan = new HashMap<>();
    private final Map<SpanNode, Hop> starts = new HashMap<>();
    /** Calls that have failed up to here, by the span that makes them and their operation, and further by the callee. */
    private final Map<String, Integer> failedCalls = new HashMap<>();

    SpanHops(List<RequestEvent> events) {
        this.events = events;
        read();
        byStart.values().forEach(this::join);
    }

    /** True if the event is one of a span. */
    static boolean isOfSpan(RequestEvent event) {
        String record = event.text(RECORD);
        return (record.equals("start") || record.equals("end"))
                && !event.text("span_id").isEmpty();
    }

    private void read() {
        for (int i = 0; i < events.size(); i++) {
            RequestEvent e = events.get(i);
            String key = e.text("span_id") + " " + e.text("service");
            if (e.text(RECORD).equals("start")) {
                SpanNode node = new SpanNode(i, e);
                byStart.put(key, node);
                bySpan.computeIfAbsent(node.id(), s -> new ArrayList<>()).add(node);
            } else if (byStart.containsKey(key)) {
                SpanNode node = byStart.get(key);
                if (e.text(RECORD).equals("end")) {
                    node.end = e;
                    node.endIndex = i;
                    node.error = e.text("status").equals("error");
                } else if (!e.text("exception.type").isEmpty()) {
                    node.exception = e.text("exception.type");
                }
            }
        }
    }

    /** Finds the parent; in Zipkin both halves of a call may have one identifier. */
    private void join(SpanNode node) {
        List<SpanNode> same = bySpan.getOrDefault(node.id(), List.of());
        Optional<SpanNode> half = node.isServed()
                ? same.stream().filter(n -> n != node && n.isCall()).findFirst()
                : Optional.empty();
        List<SpanNode> parents = bySpan.getOrDefault(node.start.text("parent_span_id"), List.of());
        Optional<SpanNode> parent = half.or(() -> parents.stream()
                .filter(p -> p != node && p.service.equals(node.service))
                .findFirst()
                .or(() -> parents.stream().filter(p -> p != node).findFirst()));
        if (parent.isPresent()) {
            node.parent = parent.get();
            node.parent.children.add(node);
        }
    }

    List<Hop> hops() {
        List<Hop> hops = new ArrayList<>();
        Map<Integer, SpanNode> ends = new HashMap<>();
        Map<Integer, SpanNode> begins = new HashMap<>();
        byStart.values().forEach(n -> {
            begins.put(n.startIndex, n);
            ends.put(n.endIndex, n);
        });
        for (int i = 0; i < events.size(); i++) {
            if (begins.containsKey(i)) {
                Hop hop = start(begins.get(i), i);
                starts.put(begins.get(i), hop);
                hops.add(hop);
            } else if (ends.containsKey(i)) {
                hops.add(end(ends.get(i), i));
            } else {
                change(i).ifPresent(hops::add);
            }
        }
        return hops;
    }

    private Hop start(SpanNode node, int index) {
        Hop plain = hop(node, index, node.start, Outcome.OK, "", -1);
        int failed = callsAnother(node) ? failedCalls.getOrDefault(call(node), 0) : 0;
        String resent = node.attribute("http.request.resend_count");
        int told = resent.matches("\\d{1,6}") ? Integer.parseInt(resent) : 0;
        int tried = failed == 0 ? 0 : failedCalls.getOrDefault(call(node) + "\n" + called(node), 0);
        if (told > 0 || tried > 0) {
            return plain.with(Act.RETRY, Math.max(told, tried));
        }
        return failed == 0 || !node.tellsWhatIsAsked() ? plain : plain.with(Act.FAILOVER, 0);
    }

    /** True for a call, and for work in another service where only that side was recorded. */
    private static boolean callsAnother(SpanNode node) {
        return node.parent != null
                && (node.isCall() || !node.parent.isCall() && !node.service.equals(node.parent.service));
    }

    /** What tells calls that one span makes to one end from its others: the span and the operation. */
    private static String call(SpanNode node) {
        return (node.parent == null ? -1 : node.parent.startIndex) + "\n" + node.name() + "\n" + node.asked();
    }

    private static String called(SpanNode node) {
        return node.isCall() ? node.callee() : node.service;
    }

    private Hop end(SpanNode node, int index) {
        int attempt = Objects.requireNonNull(starts.get(node)).attempt();
        if (node.error && callsAnother(node)) {
            failedCalls.merge(call(node), 1, Integer::sum);
            failedCalls.merge(call(node) + "\n" + called(node), 1, Integer::sum);
        }
        return hop(node, index, Objects.requireNonNull(node.end), node.outcome(), node.reason(), node.latency())
                .with(Act.STEP, attempt);
    }

    private static Hop hop(SpanNode node, int index, RequestEvent event, Outcome outcome, String reason, long latency) {
        return new Hop(
                index,
                event.place(),
                event.time(),
                Act.STEP,
                outcome,
                node.service,
                node.callee(),
                node.name(),
                reason,
                0,
                latency,
                node.id(),
                node.parent == null ? node.start.text("parent_span_id") : node.parent.id(),
                node.attribute("version", "service.version"),
                List.of());
    }

    /** A span's event or a log record, if its name tells of a change of the system. */
    private Optional<Hop> change(int index) {
        RequestEvent e = events.get(index);
        String name = e.text("name");
        Act act = HopWords.act(name, "");
        if (isOfSpan(e) || name.isEmpty() || !act.isChange()) {
            return Optional.empty();
        }
        return Optional.of(new Hop(
                index,
                e.place(),
                e.time(),
                act,
                Outcome.OK,
                e.text("service"),
                "",
                name,
                "",
                0,
                -1,
                e.text("span_id"),
                "",
                "",
                List.of()));
    }
}
