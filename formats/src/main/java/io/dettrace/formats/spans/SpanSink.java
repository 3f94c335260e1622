package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import java.io.IOException;
import java.util.List;

/**
 * Takes the spans, log records and metrics that a reader finds. What recorded them may be told behind them, so they hold a number
 * that is given a meaning later.
 */
interface SpanSink {
    /** Whether broken records are left out, and where to count what is tolerated. */
    ReadContext context();

    /** {@code file:line} of a place, for notes. */
    String at(Place place);

    /** A number of an origin without a meaning yet; until it has one it means an unknown service. */
    int open();

    /**
     * Gives a number its meaning; the last counts for what was added before any.
     *
     * @param resource attributes of the resource
     * @param service name of the service, empty if an attribute tells it
     * @param scope instrumentation scope or logger, empty if not told
     */
    void define(int origin, List<Field> resource, String service, String scope) throws IOException;

    /** Says that nothing more of an opened number comes. */
    void close(int origin) throws IOException;

    /** A number of an origin that is known at once, for what is added before the next call. */
    int origin(List<Field> resource, String service, String scope);

    /** Adds a span with its events; one with a {@link Span#problem} is refused. It may be used again afterwards. */
    void add(Span span) throws IOException;

    /** Adds a log record; one with a {@link Moment#problem} is refused. */
    void addLog(Moment log) throws IOException;

    /** Adds a point of a metric. */
    void add(MetricPoint point) throws IOException;

    /** Refuses something at a place, or counts it where broken records are left out. */
    void reject(Place place, String what) throws InputException;

    /** The identifier of a span by its text; any text will do, as it does for Jaeger's UI, but odd ones are counted. */
    default long spanId(String text, Place place) {
        return Ids.span(text).orElseGet(() -> {
            odd(place);
            return Ids.digest(text);
        });
    }

    /** The identifier of a trace by its text, as {@link #spanId}. */
    default TraceId traceId(String text, Place place) {
        return Ids.trace(text).orElseGet(() -> {
            odd(place);
            return new TraceId(0, Ids.digest(text));
        });
    }

    private void odd(Place place) {
        context().note("odd_ids", "identifiers that are no hexadecimal numbers; they are taken as they are", at(place));
    }
}
