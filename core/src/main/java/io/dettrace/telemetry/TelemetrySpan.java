package io.dettrace.telemetry;

import io.dettrace.event.Field;
import java.util.List;

/**
 * A span that has ended.
 *
 * @param resource what recorded it
 * @param traceHigh upper 64 bits of the trace's identifier
 * @param traceLow lower 64 bits
 * @param id its own identifier, never 0
 * @param parent the parent's identifier, 0 for none
 * @param name operation
 * @param kind part in a call
 * @param start nanoseconds since the epoch
 * @param end nanoseconds since the epoch, not before {@code start}
 * @param error true if its status is an error
 * @param status the status's message, empty if there is none
 * @param attributes as written
 * @param events in the order of the file
 */
public record TelemetrySpan(
        TelemetryResource resource,
        long traceHigh,
        long traceLow,
        long id,
        long parent,
        String name,
        SpanKind kind,
        long start,
        long end,
        boolean error,
        String status,
        List<Field> attributes,
        List<TelemetryEvent> events) {}
