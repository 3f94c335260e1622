package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordSort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes events of the spans and log records of one trace.
 *
 * <ul>
 *   <li>A span is a start and an end; what was recorded in it comes between.
 *   <li>A lane is a service in one request, and a request is a trace: {@code cart/GET /cart#2} is what the service cart did
 *       in the second trace whose root is called {@code GET /cart}. Where the root is another service's, its name stands
 *       there too. An instance beyond the first that a service has in a trace, and a {@linkplain Branches branch}, are lanes
 *       of their own.
 *   <li>A start comes after the parent's start, and after the starts of linked spans; an end comes after the ends of the
 *       children that it waited for. What the order within a lane says is not said again.
 * </ul>
 *
 * <p>The events come out ordered by the {@linkplain TraceClock trace's clock}, equal times by the tree.
 */
final class TraceAssembler {
    /** Spans, events in spans and log records that one trace may have. */
    static final int MAX_RECORDS = 100_000;

    /** Bytes that they may take together. */
    static final long MAX_BYTES = 64L << 20;

    // What an event needs until its lane has its number; taken away again by SpanEvents.
    static final String SERVICE_PART = "\0s";
    static final String ROOT_SERVICE = "\0r";
    static final String ROOT_NAME = "\0n";
    static final String BRANCH = "\0b";
    static final String TRACE = "\0t";
    static final String COUNT = "\0c";

    private static final int KIND_TEXT = 100;

    private final SpanStore store;
    private final RecordSort sort;
    private final EventRecord out = new EventRecord();
    private final List<Node.Stored> logs = new ArrayList<>();
    private final Map<String, Map<String, Integer>> instances = new HashMap<>();
    private TraceTree tree;
    /** The span that the next events are in; null if it was given before. */
    private Node current;

    private int records;
    private long bytes;
    private long traces;

    /** Puts the events into {@code sort}. */
    TraceAssembler(SpanStore store, RecordSort sort) {
        this.store = store;
        this.sort = sort;
    }

    /** Starts a trace. */
    void begin() {
        tree = new TraceTree(store);
        logs.clear();
        instances.clear();
        current = null;
        records = 0;
        bytes = 0;
    }

    /** Takes a stored span, event or log record of the trace. */
    void add(EventRecord record) throws InputException {
        Node.Stored stored = new Node.Stored(record);
        records++;
        bytes += record.size() == 0 ? 0 : record.end(record.size() - 1) + 200L;
        if (records > MAX_RECORDS || bytes > MAX_BYTES) {
            tooLarge(stored);
            return;
        }
        switch ((int) stored.number(SpanStore.IS)) {
            case (int) SpanStore.IS_SPAN -> {
                Node node = new Node(stored, store.origins(), records);
                current = tree.add(node) ? node : null;
            }
            case (int) SpanStore.IS_EVENT -> {
                if (current != null) {
                    current.leaves.add(new Node.Leaf(stored, store.origins()));
                }
            }
            default -> logs.add(stored);
        }
    }

    private void tooLarge(Node.Stored stored) throws InputException {
        String what = "the trace " + stored.trace().hex() + " has more than " + MAX_RECORDS
                + " spans, events and log records, or more than " + (MAX_BYTES >> 20) + " MiB of them";
        store.reject(stored.place(), what);
    }

    /** Ends the trace: its events go to the sort. */
    void end() throws IOException {
        tree.build();
        List<Node.Leaf> loose = attach();
        instances();
        new TraceClock(store).adjust(tree.tops());
        new Branches().find(tree.tops());
        List<Step> steps = new Walk().steps();
        Request request = request(loose);
        for (Node.Leaf leaf : loose) {
            long time = leaf.time == Moment.UNKNOWN ? 0 : leaf.time;
            steps.add(new Step(null, leaf, false, time, steps.size()));
        }
        steps.sort(Comparator.comparingLong(Step::at).thenComparingInt(Step::order));
        for (Step step : steps) {
            write(step, request, steps.size());
            sort.add(out, step.at());
        }
        traces++;
    }

    /** Gives log records to their spans; what has none is given back. */
    private List<Node.Leaf> attach() {
        List<Node.Leaf> loose = new ArrayList<>();
        for (Node.Stored stored : logs) {
            Node.Leaf leaf = new Node.Leaf(stored, store.origins());
            Node span = tree.find(stored.number(SpanStore.SPAN), leaf.origin);
            if (span == null) {
                loose.add(leaf);
            } else {
                span.leaves.add(leaf);
            }
        }
        return loose;
    }

    /** Numbers the instances that a service has in the trace, in the order in which they start. */
    private void instances() {
        List<Node> byTime = new ArrayList<>(tree.nodes());
        byTime.sort(Comparator.comparingInt((Node n) -> n.depth).thenComparing(TraceTree.BY_START));
        for (Node node : byTime) {
            node.instance = instance(node.origin);
        }
    }

    private int instance(Origins.Origin origin) {
        Map<String, Integer> of = instances.computeIfAbsent(origin.service(), s -> new HashMap<>());
        return of.computeIfAbsent(origin.instance(), i -> of.size() + 1);
    }

    private record Request(String service, String name) {}

    private Request request(List<Node.Leaf> loose) {
        if (tree.tops().isEmpty()) {
            String first = loose.stream()
                    .min(Comparator.comparingLong((Node.Leaf l) -> l.time).thenComparing(l -> l.origin.service()))
                    .map(l -> l.origin.service())
                    .orElse("");
            return new Request(first, "request");
        }
        Node root = tree.tops().get(0);
        return new Request(root.origin.service(), StableText.name(root.name));
    }

    /** An event before it is written. */
    private record Step(Node span, Node.Leaf leaf, boolean end, long at, int order) {}

    /** Walks through the tree without recursion, since traces are deep where programs recurse. */
    private final class Walk {
        private final List<Step> steps = new ArrayList<>();
        private final List<Node> open = new ArrayList<>();
        private final List<Integer> nextChild = new ArrayList<>();

        List<Step> steps() {
            for (Node top : tree.tops()) {
                enter(top);
                while (!open.isEmpty()) {
                    int last = open.size() - 1;
                    Node node = open.get(last);
                    int child = nextChild.get(last);
                    if (child < node.children.size()) {
                        nextChild.set(last, child + 1);
                        enter(node.children.get(child));
                    } else {
                        leave(node);
                    }
                }
            }
            return steps;
        }

        private void enter(Node node) {
            open.add(node);
            nextChild.add(0);
            steps.add(new Step(node, null, false, node.from, steps.size()));
            for (Node.Leaf leaf : node.leaves) {
                long at = leaf.time == Moment.UNKNOWN ? node.from : Math.max(leaf.time + node.shift, node.from);
                at = leaf.time > Long.MAX_VALUE / 2 ? node.from : at;
                at = leaf.log || !node.ended() ? at : Math.min(at, node.to);
                steps.add(new Step(node, leaf, false, at, steps.size()));
            }
        }

        private void leave(Node node) {
            open.remove(open.size() - 1);
            nextChild.remove(nextChild.size() - 1);
            if (node.ended()) {
                steps.add(new Step(node, null, true, node.to, steps.size()));
            }
        }
    }

    // ---- log records without a trace ----

    /** Takes a log record that names no trace; it goes to a lane of its service and logger. */
    void loose(EventRecord record) throws IOException {
        Node.Leaf leaf = new Node.Leaf(new Node.Stored(record), store.origins());
        out.clear();
        leaf(leaf, null);
        out.text(SERVICE_PART, leaf.origin.service());
        out.text(ROOT_NAME, leaf.origin.scope());
        out.text(BRANCH, leaf.origin.instance());
        sort.add(out, leaf.time == Moment.UNKNOWN ? 0 : leaf.time);
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    private void write(Step step, Request request, int count) {
        out.clear();
        Node span = step.span();
        Node.Leaf leaf = step.leaf();
        Origins.Origin origin = leaf != null ? leaf.origin : span.origin;
        if (leaf != null) {
            leaf(leaf, span);
        } else if (step.end()) {
            end(span);
        } else {
            start(span);
        }
        int instance = instance(origin);
        boolean aside = leaf != null && leaf.log && store.logsAreCoarse();
        out.text(SERVICE_PART, instance == 1 ? origin.service() : origin.service() + "(" + instance + ")");
        out.text(ROOT_SERVICE, request.service().equals(origin.service()) ? "" : request.service());
        out.text(ROOT_NAME, request.name());
        out.text(BRANCH, (span == null ? "" : span.branch) + (aside ? " > log" : ""));
        out.number(TRACE, traces);
        out.number(COUNT, count);
    }

    private void start(Node span) {
        at(span.place);
        List<String> after = new ArrayList<>();
        if (span.parent != null && !span.parent.sameLane(span)) {
            after.add(span.parent.startId());
        }
        span.before.forEach(n -> after.add(n.endId()));
        int size = TraceId.NONE.hex().length() + Ids.hex(0).length();
        for (int i = 0; i + size <= span.links.length(); i += size) {
            after.add(span.links.substring(i + size / 3, i + 2 * size / 3) + "."
                    + span.links.substring(i + 2 * size / 3, i + size));
        }
        head("start " + StableText.name(span.name), span.start, span.origin.service());
        out.text(SpanMapping.KIND, SpanKinds.key(span.kind));
        fields(Conventions.start(span.attributes));
        out.text(SpanMapping.TYPE, "start");
        identity(span, span.startId(), after);
        out.text(SpanMapping.NAME, span.name);
        out.text(SpanMapping.INSTANCE, span.origin.instance());
        out.text(SpanMapping.SCOPE, span.origin.scope());
        if (!span.origin.version().isEmpty()) {
            out.text(SpanMapping.VERSION, span.origin.version());
        }
        if (!span.links.isEmpty()) {
            out.text(SpanMapping.LINKS, span.links);
        }
        fields(Conventions.raw(span.attributes));
    }

    private void end(Node span) {
        at(span.place.last());
        List<String> after = new ArrayList<>();
        for (Node child : span.children) {
            if (child.joined && !child.sameLane(span)) {
                after.add(child.endId());
            }
        }
        head("end " + StableText.name(span.name), span.end, span.origin.service());
        out.text(SpanMapping.STATUS, span.error ? "error" : "ok");
        if (!span.statusMessage.isEmpty()) {
            out.text(SpanMapping.MESSAGE, StableText.message(span.statusMessage));
        }
        fields(Conventions.end(span.attributes));
        out.text(SpanMapping.TYPE, "end");
        identity(span, span.endId(), after);
        if (!span.statusMessage.isEmpty()) {
            out.text(SpanMapping.STATUS_TEXT, span.statusMessage);
        }
    }

    private void leaf(Node.Leaf leaf, Node span) {
        at(leaf.place);
        String in = span == null || span.name.isEmpty() ? "" : " in " + StableText.name(span.name);
        String text = StableText.message(leaf.body);
        if (leaf.log) {
            String what = leaf.name.isEmpty() ? "log: " + firstLine(text) : leaf.name + in;
            head(what, leaf.time, leaf.origin.service());
            if (!leaf.severity.isEmpty()) {
                out.text(SpanMapping.SEVERITY, leaf.severity);
            }
            if (!text.isEmpty() && !what.equals("log: " + text)) {
                out.text(SpanMapping.TEXT, text);
            }
        } else {
            head(StableText.message(firstLine(leaf.name)) + in, leaf.time, leaf.origin.service());
        }
        fields(Conventions.end(leaf.attributes));
        out.text(SpanMapping.TYPE, leaf.log ? "log" : "event");
        if (!leaf.body.isEmpty()) {
            out.text(SpanMapping.BODY, leaf.body);
        }
        out.text(SpanMapping.NAME, leaf.name);
        out.text(SpanMapping.SCOPE, leaf.origin.scope());
        if (leaf.log) {
            out.text(SpanMapping.INSTANCE, leaf.origin.instance());
        } else {
            out.text(SpanMapping.OWNER, span.startId());
        }
        if (!leaf.trace.isZero()) {
            out.text(SpanMapping.TRACE, leaf.trace.hex());
        }
        if (leaf.span != 0) {
            out.text(SpanMapping.SPAN, Ids.hex(leaf.span));
        }
        if (span != null && (!leaf.origin.sameProcess(span.origin) || leaf.log && store.logsAreCoarse())) {
            out.json(out.path(SpanMapping.AFTER), "[\"" + span.startId() + "\"]");
        }
        fields(Conventions.raw(leaf.attributes));
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= KIND_TEXT ? line : line.substring(0, KIND_TEXT - 1) + "…";
    }

    private void at(Place place) {
        out.at(place.file(), place.line(), place.offset(), place.length());
    }

    private void head(String event, long time, String service) {
        if (time != Moment.UNKNOWN) {
            out.number(SpanMapping.TIME, time);
        }
        out.text(SpanMapping.EVENT, event);
        out.text(SpanMapping.SERVICE, service);
    }

    private void identity(Node span, String id, List<String> after) {
        out.text(SpanMapping.ID, id);
        if (!after.isEmpty()) {
            out.json(
                    out.path(SpanMapping.AFTER),
                    "[\"" + String.join("\",\"", after.stream().distinct().toList()) + "\"]");
        }
        out.text(SpanMapping.TRACE, span.trace.hex());
        out.text(SpanMapping.SPAN, Ids.hex(span.id));
        if (span.parentId != 0) {
            out.text(SpanMapping.PARENT, Ids.hex(span.parentId));
        }
    }

    private void fields(List<Field> fields) {
        for (Field f : fields) {
            int path = out.path(f.path());
            switch (f.type()) {
                case STRING -> out.text(path, f.text());
                case NUMBER -> out.decimal(path, f.text());
                case BOOLEAN -> out.flag(path, f.text().equals("true"));
                case NULL -> out.nothing(path);
                case COMPOSITE -> out.json(path, f.text());
            }
        }
    }
}
