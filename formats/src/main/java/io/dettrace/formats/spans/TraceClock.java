package io.dettrace.formats.spans;

import io.dettrace.telemetry.SpanKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Puts the spans of a trace on one clock. Within a process times are taken as they are. A span of another process that lies
 * outside its parent is moved into it, in the middle if it fits, as Jaeger's query service does ("clock skew adjustment");
 * spans below it in that process move with it. Only the order of events rests on this; the times in the events stay as they
 * were.
 */
final class TraceClock {
    /** Nanoseconds by which rounding to microseconds may mislead. */
    static final long ROUNDING = 2_000;

    private final SpanStore store;

    TraceClock(SpanStore store) {
        this.store = store;
    }

    /** Sets times and {@link Node#joined} of all spans below. */
    void adjust(List<Node> tops) {
        Deque<Node> open = new ArrayDeque<>(tops);
        while (!open.isEmpty()) {
            Node node = open.pop();
            place(node);
            node.children.forEach(open::push);
        }
    }

    private void place(Node node) {
        Node parent = node.parent;
        if (parent == null) {
            node.from = node.start;
            node.to = node.ended() ? node.end : node.start;
            return;
        }
        boolean waits =
                !node.follows && parent.ended() && node.kind != SpanKind.CONSUMER && parent.kind != SpanKind.PRODUCER;
        node.shift = node.sameProcess(parent) ? parent.shift : shift(node, parent, waits);
        node.from = Math.max(add(node.start, node.shift), parent.from);
        node.to = Math.max(node.ended() ? add(node.end, node.shift) : node.from, node.from);
        node.joined = waits && node.ended() && node.from <= parent.to && node.to <= add(parent.to, ROUNDING);
        if (node.joined) {
            node.to = Math.min(node.to, parent.to);
        }
    }

    private long shift(Node node, Node parent, boolean waits) {
        long duration = node.ended() ? node.end - node.start : 0;
        boolean early = node.start < parent.from;
        boolean late = waits && node.ended() && node.end > parent.to;
        if (!early && !late) {
            return 0;
        }
        long room = parent.to - parent.from;
        boolean fits = waits && duration <= room;
        if (!early && !fits) {
            return 0;
        }
        if (early && parent.from - node.start > ROUNDING) {
            store.context()
                    .note(
                            "clock_skew",
                            "spans that start before their parent by another clock; their order is that of the calls",
                            store.at(node.place));
        }
        return parent.from - node.start + (fits ? (room - duration) / 2 : 0);
    }

    private static long add(long time, long shift) {
        long sum = time + shift;
        return shift > 0 && sum < time ? Long.MAX_VALUE : Math.max(sum, 0);
    }
}
