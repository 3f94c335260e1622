package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.List;

/** Spans, log records and points whose resource is told behind them. */
final class Waiting {
    /** About how many bytes wait for one resource at most. */
    static final long MAX_BYTES = 64L << 20;

    /** What an object costs besides its texts, about. */
    static final int OBJECT = 128;

    private final List<TelemetrySpan> spans = new ArrayList<>();
    private final List<TelemetryLog> logs = new ArrayList<>();
    private final List<MetricPoint> points = new ArrayList<>();
    private long bytes;

    List<TelemetrySpan> spans() {
        return spans;
    }

    List<TelemetryLog> logs() {
        return logs;
    }

    List<MetricPoint> points() {
        return points;
    }

    void add(TelemetrySpan span, Handover of, Place place) throws InputException {
        long size = OBJECT + span.name().length() + span.status().length() + size(span.attributes());
        for (TelemetryEvent event : span.events()) {
            size += OBJECT + event.name().length() + size(event.attributes());
        }
        grow(size, of, place);
        spans.add(span);
    }

    void add(TelemetryLog log, Handover of, Place place) throws InputException {
        grow(OBJECT + log.body().length() + size(log.attributes()), of, place);
        logs.add(log);
    }

    void add(MetricPoint point, Handover of) throws InputException {
        grow(OBJECT + size(point.attributes()), of, point.place());
        points.add(point);
    }

    private static long size(List<Field> attributes) {
        long size = 0;
        for (Field f : attributes) {
            size += OBJECT + f.path().length() + f.text().length();
        }
        return size;
    }

    private void grow(long by, Handover of, Place place) throws InputException {
        bytes += by;
        if (bytes > MAX_BYTES) {
            throw of.tooMany(
                    place,
                    "more than " + (MAX_BYTES >> 20)
                            + " MiB of records stand before the resource or process"
                            + " that sent them; write it first, or fewer of them in one list");
        }
    }

    void clear() {
        spans.clear();
        logs.clear();
        points.clear();
        bytes = 0;
    }
}
