package io.dettrace.telemetry;

/** What takes spans, log records and metric points, in any order. Not thread-safe unless an implementation says so. */
public interface TelemetrySink {
    /** Takes a span that has ended. */
    void span(TelemetrySpan span);

    /** Takes a log record. */
    void log(TelemetryLog log);

    /** Takes a point of a metric. */
    void metric(TelemetryMetric point);
}
