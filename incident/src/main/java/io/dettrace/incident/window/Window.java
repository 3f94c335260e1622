package io.dettrace.incident.window;

import io.dettrace.telemetry.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requests of a span of time. A request is a trace. Spans are numbered from 0, request by request; in each, a parent comes
 * before its children and these follow each other in the order of their starts. Log records are kept with their spans, in the order
 * of time. All in columns: about 60 bytes a span and 16 a log record.
 */
public final class Window {
    static final byte ERROR = 8;
    private static final byte KIND = 7;
    private static final SpanKind[] KINDS = SpanKind.values();

    final Names names;
    int[] firstSpan = {0};
    int[] service = {};
    int[] instance = {};
    int[] version = {};
    int[] operation = {};
    int[] peer = {};
    int[] parent = {};
    long[] start = {};
    long[] end = {};
    byte[] flags = {};
    int[] firstLog = {0};
    int[] logStatement = {};
    byte[] logSeverity = {};
    long[] logTime = {};
    long[] traceHigh = {};
    long[] traceLow = {};
    float[] weight = {};
    List<Series> series = List.of();
    List<Happening> happenings = List.of();
    Map<String, Set<String>> variants = Map.of();

    Window(Names names) {
        this.names = names;
    }

    /** Names of services, operations, instances, versions and log statements. */
    public Names names() {
        return names;
    }

    /** How many requests there are. */
    public int requests() {
        return firstSpan.length - 1;
    }

    /** How many spans there are. */
    public int spans() {
        return service.length;
    }

    /** How many log records belong to spans. */
    public int logs() {
        return logStatement.length;
    }

    /** Number of a request's first span, its root; for {@link #requests()} the number of spans. */
    public int firstSpan(int request) {
        return firstSpan[request];
    }

    /** Hexadecimal identifier of a request's trace, 32 digits. */
    public String trace(int request) {
        return String.format("%016x%016x", traceHigh[request], traceLow[request]);
    }

    /** How many requests this one stands for where requests were sampled, 1 otherwise. */
    public double weight(int request) {
        return weight[request];
    }

    /** Number of a span's service. */
    public int service(int span) {
        return service[span];
    }

    /** Number of a span's operation. */
    public int operation(int span) {
        return operation[span];
    }

    /** Number of the name of the service's instance. */
    public int instance(int span) {
        return instance[span];
    }

    /** Number of the service's version. */
    public int version(int span) {
        return version[span];
    }

    /** Number of the name of what a client span calls, as its attributes tell, -1 if they do not. */
    public int peer(int span) {
        return peer[span];
    }

    /** Number of a span's parent, -1 if it has none here. */
    public int parent(int span) {
        return parent[span];
    }

    /** Nanoseconds since the epoch. */
    public long start(int span) {
        return start[span];
    }

    /** Nanoseconds since the epoch. */
    public long end(int span) {
        return end[span];
    }

    /** What part a span plays in a call, as told. */
    public SpanKind kind(int span) {
        return KINDS[flags[span] & KIND];
    }

    /** True if a span's status is an error. */
    public boolean error(int span) {
        return (flags[span] & ERROR) != 0;
    }

    /** Number of a span's first log record; for {@link #spans()} the number of log records. */
    public int firstLog(int span) {
        return firstLog[span];
    }

    /** Number of the name of the statement that wrote a log record. */
    public int logStatement(int log) {
        return logStatement[log];
    }

    /** True if a log record's severity is an error or worse. */
    public boolean logError(int log) {
        return logSeverity[log] >= WindowBuilder.ERROR_SEVERITY;
    }

    /** Nanoseconds since the epoch. */
    public long logTime(int log) {
        return logTime[log];
    }

    /** Series of metrics, by service, then by name. */
    public List<Series> series() {
        return series;
    }

    /** What is told beside requests, in the order of time. */
    public List<Happening> happenings() {
        return happenings;
    }

    /** The variants as which flags are evaluated, by service and flag joined by a NUL. */
    public Map<String, Set<String>> flags() {
        return variants;
    }
}
