package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.List;

/** Something that happened at one time: a span's event, a Jaeger log, a Zipkin annotation, or a log record. */
final class Moment {
    /** A time that is not known. */
    static final long UNKNOWN = Long.MIN_VALUE;

    Place place;
    /** Nanoseconds since the epoch, or {@link #UNKNOWN}. */
    long time = UNKNOWN;
    /** What happened; empty if only the attributes say it. */
    String name = "";

    List<Field> attributes = new ArrayList<>();

    /** True for a log record, whose own identifiers say where it belongs. */
    boolean log;

    TraceId trace = TraceId.NONE;
    long span;
    int origin;
    /** Severity of a log record, one of OTLP's six words, or empty. */
    String severity = "";
    /** Text of a log record. */
    String body = "";
    /** What is wrong with it, or null. */
    String problem;
}
