package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.telemetry.SpanKind;
import java.util.ArrayList;
import java.util.List;

/** A span of the trace that is being assembled, with what the assembly found out about it. */
final class Node {
    final TraceId trace;
    final long id;
    final long parentId;
    final String name;
    final SpanKind kind;
    final String statusMessage;
    final boolean error;
    final boolean shared;
    final String links;
    final Origins.Origin origin;
    final Place place;
    final int order;
    long start;
    long end;
    boolean follows;
    List<Field> attributes;
    final List<Leaf> leaves = new ArrayList<>();

    /** Tells spans of one identifier apart, 0 for the first. */
    int copy;

    Node parent;
    final List<Node> children = new ArrayList<>();
    int depth;
    /** Nanoseconds that are added to its times because its clock disagrees with its parent's. */
    long shift;
    /** Start and end on the root's clock, never before its parent's start. */
    long from;

    long to;
    /** True if its parent waits for its end. */
    boolean joined;

    /** Number of the instance among those of its service in the trace, from 1. */
    int instance = 1;
    /** Nearest span around it in the same process, or null. */
    Node around;
    /** By what it is told from other calls around it. */
    String call = "";
    /** Names of the branches it is in, each with {@code " > "} before it. */
    String branch = "";
    /** Spans beside it that had ended before it started and are in other lanes. */
    final List<Node> before = new ArrayList<>();

    /** An event in a span, or a log record. */
    static final class Leaf {
        final boolean log;
        final String name;
        final long time;
        final String severity;
        final String body;
        final List<Field> attributes;
        final Place place;
        final Origins.Origin origin;
        final TraceId trace;
        final long span;

        Leaf(Stored s, Origins origins) {
            log = s.number(SpanStore.IS) == SpanStore.IS_LOG;
            name = s.text(SpanStore.NAME);
            time = s.number(SpanStore.START, Moment.UNKNOWN);
            severity = s.text(SpanStore.SEVERITY);
            body = s.text(SpanStore.BODY);
            attributes = s.attributes();
            place = s.place();
            origin = origins.get((int) s.number(SpanStore.ORIGIN));
            trace = s.trace();
            span = s.number(SpanStore.SPAN);
        }
    }

    Node(Stored s, Origins origins, int order) {
        trace = s.trace();
        id = s.number(SpanStore.SPAN);
        parentId = s.number(SpanStore.PARENT);
        name = s.text(SpanStore.NAME);
        kind = SpanKind.values()[(int) s.number(SpanStore.KIND)];
        statusMessage = s.text(SpanStore.STATUS);
        long flags = s.number(SpanStore.FLAGS);
        error = (flags & SpanStore.ERROR) != 0;
        follows = (flags & SpanStore.FOLLOWS) != 0;
        shared = (flags & SpanStore.SHARED) != 0;
        links = s.text(SpanStore.LINKS);
        origin = origins.get((int) s.number(SpanStore.ORIGIN));
        start = s.number(SpanStore.START, Moment.UNKNOWN);
        end = s.number(SpanStore.END, Moment.UNKNOWN);
        attributes = s.attributes();
        place = s.place();
        this.order = order;
    }

    boolean ended() {
        return end != Moment.UNKNOWN;
    }

    boolean sameProcess(Node other) {
        return origin.sameProcess(other.origin);
    }

    /** True if its events are in the lane of the other's. */
    boolean sameLane(Node other) {
        return sameProcess(other) && branch.equals(other.branch);
    }

    String startId() {
        return Ids.hex(trace.low()) + '.' + Ids.hex(id) + (copy == 0 ? "" : "~" + copy);
    }

    String endId() {
        return startId() + ".end";
    }

    /** A stored record by its fields. */
    static final class Stored {
        private final java.util.Map<String, String> values = new java.util.HashMap<>();
        private final List<Field> attributes = new ArrayList<>();
        private final Place place;

        Stored(EventRecord record) {
            for (int i = 0; i < record.size(); i++) {
                String path = record.pathOf(i);
                if (path.startsWith(SpanStore.ATTRIBUTE)) {
                    attributes.add(
                            new Field(path.substring(SpanStore.ATTRIBUTE.length()), record.type(i), record.value(i)));
                } else {
                    values.put(path, record.value(i));
                }
            }
            place = new Place(
                    record.file(),
                    record.line(),
                    record.offset(),
                    record.length(),
                    number(SpanStore.LAST_LINE, record.line()));
        }

        long number(String path) {
            return Long.parseLong(values.get(path));
        }

        long number(String path, long otherwise) {
            String value = values.get(path);
            return value == null ? otherwise : Long.parseLong(value);
        }

        String text(String path) {
            return values.getOrDefault(path, "");
        }

        TraceId trace() {
            return new TraceId(number(SpanStore.TRACE_HIGH), number(SpanStore.TRACE_LOW));
        }

        List<Field> attributes() {
            return attributes;
        }

        Place place() {
            return place;
        }
    }
}
