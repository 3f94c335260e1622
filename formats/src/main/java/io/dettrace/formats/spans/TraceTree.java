package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.formats.ReadContext;
import io.dettrace.telemetry.SpanKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one tree of the spans of a trace, with the tolerance of Jaeger's and Zipkin's own pages: spans given twice are one,
 * a client and a server that share an identifier are two, a span whose parent is missing hangs under the root, a circle of
 * parents is cut at its earliest span.
 */
final class TraceTree {
    /** Equal times by name, because the order in a file is that of exporters. */
    static final Comparator<Node> BY_START = Comparator.comparingLong((Node n) -> n.start)
            .thenComparing(n -> n.name)
            .thenComparingInt(n -> n.order);

    /** Spans of one identifier that a further one is compared with. */
    private static final int COMPARED = 64;

    private final SpanStore store;
    private final ReadContext context;
    private final Map<Long, List<Node>> byId = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> tops = new ArrayList<>();

    TraceTree(SpanStore store) {
        this.store = store;
        context = store.context();
    }

    /** The spans without a parent, the root first, the others by time. */
    List<Node> tops() {
        return tops;
    }

    /** All spans that are kept, in the order of the input. */
    List<Node> nodes() {
        return nodes;
    }

    /** The span that a log record or an event belongs to: the one of its service, or null if there is none. */
    Node find(long id, Origins.Origin origin) {
        List<Node> same = byId.get(id);
        if (id == 0 || same == null) {
            return null;
        }
        return same.stream()
                .filter(n -> n.origin.sameProcess(origin))
                .findFirst()
                .or(() -> same.stream()
                        .filter(n -> n.origin.service().equals(origin.service()))
                        .findFirst())
                .orElse(same.get(0));
    }

    /** Adds a span; false if it was there already. */
    boolean add(Node node) {
        List<Node> same = byId.computeIfAbsent(node.id, id -> new ArrayList<>(1));
        if (node.id == 0) {
            context.note("zero_ids", "spans without an identifier of their own", store.at(node.place));
        } else {
            for (Node other : same.subList(0, Math.min(same.size(), COMPARED))) {
                if (isSame(node, other)) {
                    context.note(
                            "duplicate_spans", "spans given more than once; they count once", store.at(node.place));
                    merge(node, other);
                    return false;
                }
            }
            if (!same.isEmpty() && !isOtherSide(node, same.get(0))) {
                context.note(
                        "reused_span_ids",
                        "different spans of one trace with the same identifier; each counts",
                        store.at(node.place));
            }
        }
        node.copy = same.size();
        same.add(node);
        nodes.add(node);
        return true;
    }

    /** The same span again: of equal content, or a report that lacks what the other tells, as Zipkin's come. */
    private static boolean isSame(Node a, Node b) {
        return a.origin.service().equals(b.origin.service())
                && a.kind == b.kind
                && a.shared == b.shared
                && (a.name.equals(b.name) || a.name.isEmpty() || b.name.isEmpty())
                && (a.start == b.start || a.start == Moment.UNKNOWN || b.start == Moment.UNKNOWN)
                && (a.end == b.end || !a.ended() || !b.ended());
    }

    private static void merge(Node from, Node into) {
        into.start = into.start == Moment.UNKNOWN ? from.start : into.start;
        into.end = into.ended() ? into.end : from.end;
        Map<String, Field> all = new LinkedHashMap<>();
        into.attributes.forEach(f -> all.put(f.path(), f));
        from.attributes.forEach(f -> all.putIfAbsent(f.path(), f));
        into.attributes = new ArrayList<>(all.values());
    }

    private static boolean isOtherSide(Node a, Node b) {
        return a.shared != b.shared
                || a.kind == SpanKind.CLIENT && b.kind == SpanKind.SERVER
                || a.kind == SpanKind.SERVER && b.kind == SpanKind.CLIENT;
    }

    /** Finds parents and children. */
    void build() {
        times();
        List<Node> orphans = new ArrayList<>();
        for (Node node : nodes) {
            node.parent = parent(node);
            if (node.parent == null && node.parentId != 0) {
                orphans.add(node);
            }
        }
        cutCircles(orphans);
        Node root = root();
        adopt(root, orphans);
        nodes.stream()
                .filter(n -> n.parent == null && n != root)
                .sorted(BY_START)
                .forEach(tops::add);
        if (root != null) {
            tops.add(0, root);
        }
        for (Node node : nodes) {
            if (node.parent != null) {
                node.parent.children.add(node);
            }
        }
        nodes.forEach(n -> n.children.sort(BY_START));
        depths();
    }

    /** The earliest span that has no parent, else the earliest whose parent is missing; null if there is no span. */
    private Node root() {
        Comparator<Node> parentless = Comparator.comparingInt(n -> n.parentId == 0 ? 0 : 1);
        return nodes.stream()
                .filter(n -> n.parent == null)
                .min(parentless.thenComparing(BY_START))
                .orElse(null);
    }

    /** Spans without a start get their parent's or, for want of one, the earliest of the trace. */
    private void times() {
        long earliest = Long.MAX_VALUE;
        for (Node node : nodes) {
            if (node.start != Moment.UNKNOWN) {
                earliest = Math.min(earliest, node.start);
            }
        }
        for (Node node : nodes) {
            if (node.start == Moment.UNKNOWN) {
                context.note("missing_times", "spans without a start time", store.at(node.place));
                Node parent = find(node.parentId, node.origin);
                long known = parent == null ? Moment.UNKNOWN : parent.start;
                node.start = known != Moment.UNKNOWN ? known : earliest == Long.MAX_VALUE ? 0 : earliest;
            }
            if (node.ended() && node.end < node.start) {
                context.note(
                        "negative_durations",
                        "spans that end before they start; they count as instants",
                        store.at(node.place));
                node.end = node.start;
            }
            if (!node.ended()) {
                context.note("unfinished_spans", "spans without an end", store.at(node.place));
            }
        }
    }

    private Node parent(Node node) {
        List<Node> same = byId.get(node.id);
        if (node.id != 0 && node.copy > 0 && isOtherSide(node, same.get(0))) {
            Node first = same.get(0);
            return node.kind == SpanKind.SERVER || node.shared ? first : parentById(node);
        }
        if (node.id != 0 && same.size() > 1 && (node.kind == SpanKind.SERVER || node.shared)) {
            for (Node other : same) {
                if (other != node && other.kind == SpanKind.CLIENT && isOtherSide(node, other)) {
                    return other;
                }
            }
        }
        return parentById(node);
    }

    private Node parentById(Node node) {
        List<Node> found = node.parentId == 0 ? null : byId.get(node.parentId);
        if (found == null) {
            return null;
        }
        Node best = null;
        for (Node candidate : found) {
            if (candidate.sameProcess(node)) {
                return candidate;
            }
            if (best == null || candidate.kind == SpanKind.SERVER || candidate.shared) {
                best = candidate;
            }
        }
        return best;
    }

    /** Parents that lead back to the span itself: the earliest span of such a circle becomes an orphan. */
    private void cutCircles(List<Node> orphans) {
        Map<Node, Integer> seen = new HashMap<>();
        int walk = 0;
        for (Node first : nodes) {
            walk++;
            for (Node n = first; n != null; n = n.parent) {
                Integer before = seen.putIfAbsent(n, walk);
                if (before != null) {
                    if (before == walk) {
                        cut(n, orphans);
                    }
                    break;
                }
            }
        }
    }

    private void cut(Node member, List<Node> orphans) {
        Node earliest = member;
        for (Node n = member.parent; n != member; n = n.parent) {
            earliest = BY_START.compare(n, earliest) < 0 ? n : earliest;
        }
        earliest.parent = null;
        orphans.add(earliest);
        context.note(
                "parent_cycles",
                "parents that lead back to the span itself, cut at the earliest",
                store.at(earliest.place));
    }

    private void adopt(Node root, List<Node> orphans) {
        for (Node orphan : orphans) {
            if (orphan != root) {
                orphan.parent = root;
                orphan.follows = true;
            }
            context.note(
                    "missing_parents",
                    "spans whose parent is not in the input; they count as started by the trace's root",
                    store.at(orphan.place));
        }
    }

    private void depths() {
        Deque<Node> open = new ArrayDeque<>(tops);
        while (!open.isEmpty()) {
            Node node = open.pop();
            for (Node child : node.children) {
                child.depth = node.depth + 1;
                open.push(child);
            }
        }
    }
}
