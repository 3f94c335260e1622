package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.telemetry.SpanKind;
import java.util.ArrayList;
import java.util.List;

/** One span as a file tells it; the times are the file's. */
final class Span {
    Place place;
    TraceId trace = TraceId.NONE;
    long id;
    /** Identifier of the parent, 0 for none. */
    long parent;

    String name = "";
    SpanKind kind = SpanKind.INTERNAL;
    /** Nanoseconds since the epoch, or {@link Moment#UNKNOWN}. */
    long start = Moment.UNKNOWN;
    /** Nanoseconds since the epoch, or {@link Moment#UNKNOWN} if it has not ended. */
    long end = Moment.UNKNOWN;

    boolean error;
    String statusMessage = "";
    /** True if it only follows from its parent, which does not wait for it. */
    boolean follows;
    /** True if it is the server's half of a Zipkin span whose identifier the client shares. */
    boolean shared;
    /** Number in {@link Origins}. */
    int origin;

    List<Field> attributes = new ArrayList<>();
    final List<Moment> events = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    /** What is wrong with it, or null. */
    String problem;

    /** Makes it as new, for a reader that fills one again and again. */
    void clear() {
        place = null;
        trace = TraceId.NONE;
        id = 0;
        parent = 0;
        name = "";
        kind = SpanKind.INTERNAL;
        start = Moment.UNKNOWN;
        end = Moment.UNKNOWN;
        error = false;
        statusMessage = "";
        follows = false;
        shared = false;
        origin = 0;
        attributes.clear();
        events.clear();
        links.clear();
        problem = null;
    }

    /** Another span that came before. */
    record Link(TraceId trace, long span) {}
}
