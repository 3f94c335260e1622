package io.dettrace.server.live;

import java.util.Locale;

/** What is counted, since the start of the server. */
public enum Counter {
    /** Export requests that were taken. */
    RECEIVED_REQUESTS,
    /** Spans that were taken. */
    RECEIVED_SPANS,
    /** Log records that were taken. */
    RECEIVED_LOGS,
    /** Points of metrics that were taken. */
    RECEIVED_METRICS,
    /** Bytes of the requests that were taken, decompressed. */
    RECEIVED_BYTES,
    /** Export requests refused because too many were under way; nobody has looked into them. */
    SHED_REQUESTS_BUSY,
    /** Spans refused because the memory's limit was reached. */
    SHED_SPANS_MEMORY,
    /** Export requests refused because they are no OTLP. */
    REFUSED_REQUESTS_MALFORMED,
    /** Export requests refused because they are too large. */
    REFUSED_REQUESTS_TOO_LARGE,
    /** Spans, log records and points left out because something is wrong with them, as {@code partial_success} said. */
    REFUSED_ITEMS_INVALID,
    /** Spans and log records that came after their request, or its window, was closed. */
    DROPPED_LATE,
    /** Spans of requests that start in the future, by the server's clock. */
    DROPPED_FUTURE,
    /** Spans and log records of a trace beyond the limit of one. */
    DROPPED_TRACE_TOO_LARGE,
    /** Log records that belong to no span that came. */
    DROPPED_LOGS_WITHOUT_SPAN,
    /** Points of metrics beyond the limit of a window. */
    DROPPED_METRICS,
    /** Export requests that could not be kept on disk, and would not survive a restart. */
    NOT_ON_DISK_REQUESTS,
    /** Segments of the spool that were deleted for its limit although a restart would need them. */
    DELETED_SEGMENTS,
    /** Windows that were closed and held requests. */
    WINDOWS,
    /** Windows in which something departed. */
    DEPARTING_WINDOWS;

    /** Name in the status, such as {@code dropped_late}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
