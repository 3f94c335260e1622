package io.dettrace.telemetry;

import io.dettrace.event.Field;
import java.util.List;

/**
 * A log record.
 *
 * @param resource what wrote it
 * @param traceHigh upper 64 bits of the trace that it belongs to, 0 with {@code traceLow} for none
 * @param traceLow lower 64 bits
 * @param span identifier of the span that it belongs to, 0 for none
 * @param time nanoseconds since the epoch
 * @param severity one of OTLP's words {@code TRACE DEBUG INFO WARN ERROR FATAL}, or empty
 * @param source the statement that wrote it, such as {@code logger#line} or {@code code.function.name:line}; empty if not told
 * @param body text
 * @param attributes as written
 */
public record TelemetryLog(
        TelemetryResource resource,
        long traceHigh,
        long traceLow,
        long span,
        long time,
        String severity,
        String source,
        String body,
        List<Field> attributes) {}
