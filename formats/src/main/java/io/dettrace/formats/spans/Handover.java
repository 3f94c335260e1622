package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands spans, log records and metrics over as they are, without making events of them. What comes ahead of its resource waits for
 * it; nothing else is held.
 */
final class Handover implements SpanSink {
    private static final int KNOWN = -1;
    private static final String TIMELESS = "spans, log records and points without a time; left out";

    private final List<String> names;
    private final ReadContext context;
    private final SharedIds shared;
    private final TelemetrySink sink;
    private final KnownResources resources;
    private final MetricSeries series;
    private final TelemetryText text;
    private final Map<Integer, Origin> open = new HashMap<>();
    private final Origin known = new Origin();
    private Origin last = known;
    private int lastNumber = KNOWN;
    private int opened;
    private long taken;
    private long refused;
    private String firstRefused = "";

    /** What recorded spans, and those that wait until it is known. */
    private static final class Origin {
        private TelemetryResource resource;
        private String scope = "";
        private final Waiting waiting = new Waiting();
    }

    /**
     * @param names of the files, by number
     * @param shared identifiers that several spans go by
     */
    Handover(
            List<String> names,
            ReadContext context,
            SharedIds shared,
            KnownResources resources,
            MetricSeries series,
            TelemetrySink sink) {
        this.names = names;
        this.context = context;
        this.shared = shared;
        this.resources = resources;
        this.series = series;
        this.sink = sink;
        text = new TelemetryText(this);
    }

    /** Spans, log records and points handed over so far. */
    long taken() {
        return taken;
    }

    /** Those that were left out. */
    long refused() {
        return refused;
    }

    /** Why the first of them was left out; empty if none was. */
    String firstRefused() {
        return firstRefused;
    }

    @Override
    public ReadContext context() {
        return context;
    }

    @Override
    public String at(Place place) {
        return names.get(place.file()) + ":" + place.line();
    }

    @Override
    public int open() {
        open.put(opened, new Origin());
        return opened++;
    }

    @Override
    public void define(int number, List<Field> resource, String service, String scope) {
        Origin origin = find(number);
        origin.resource = resources.of(resource, service);
        origin.scope = scope;
        release(origin);
    }

    @Override
    public void close(int number) {
        Origin origin = find(number);
        if (origin.resource == null) {
            origin.resource = resources.of(List.of(), "");
        }
        release(origin);
        open.remove(number);
        last = known;
        lastNumber = KNOWN;
    }

    private void release(Origin origin) {
        origin.waiting.spans().forEach(s -> emit(origin, s));
        origin.waiting.logs().forEach(l -> emit(origin, l));
        origin.waiting.points().forEach(p -> emit(origin, p));
        origin.waiting.clear();
    }

    @Override
    public int origin(List<Field> resource, String service, String scope) {
        known.resource = resources.of(resource, service);
        known.scope = scope;
        return KNOWN;
    }

    private Origin find(int number) {
        if (number != lastNumber) {
            last = number == KNOWN ? known : open.get(number);
            lastNumber = number;
        }
        return last;
    }

    // ---- spans -----------------------------------------------------------------------------------------------------

    @Override
    public void add(Span span) throws IOException {
        if (span.problem != null) {
            reject(span.place, span.problem);
            return;
        }
        if (span.id == 0 || span.trace.isZero()) {
            leaveOut("zero_ids", "spans without an identifier of their own or of their trace; left out", span.place);
            return;
        }
        if (span.start == Moment.UNKNOWN && span.end == Moment.UNKNOWN) {
            leaveOut("missing_times", TIMELESS, span.place);
            return;
        }
        for (Moment event : span.events) {
            if (event.problem != null) {
                reject(event.place, event.problem);
                return;
            }
        }
        times(span);
        Origin origin = find(span.origin);
        TelemetrySpan whole = new TelemetrySpan(
                origin.resource == null ? KnownResources.UNKNOWN : origin.resource,
                span.trace.high(),
                span.trace.low(),
                span.id,
                span.parent,
                text.value(span.name, span.place),
                span.kind,
                span.start,
                span.end,
                span.error,
                text.value(span.statusMessage, span.place),
                text.attributes(span.attributes, span.place),
                events(span));
        if (origin.resource == null) {
            origin.waiting.add(whole, this, span.place);
        } else {
            emit(origin, shared.isEmpty() ? whole : shared.apart(whole, span.shared));
        }
    }

    private void times(Span span) {
        if (span.start == Moment.UNKNOWN) {
            context.note("missing_starts", "spans without a start; they count as instants", at(span.place));
            span.start = span.end;
        } else if (span.end == Moment.UNKNOWN) {
            context.note("unfinished_spans", "spans without an end; they count as instants", at(span.place));
            span.end = span.start;
        } else if (span.end < span.start) {
            context.note(
                    "negative_durations", "spans that end before they start; they count as instants", at(span.place));
            span.end = span.start;
        }
    }

    private List<TelemetryEvent> events(Span span) {
        if (span.events.isEmpty()) {
            return List.of();
        }
        List<TelemetryEvent> events = new ArrayList<>(span.events.size());
        for (Moment event : span.events) {
            events.add(new TelemetryEvent(
                    event.time == Moment.UNKNOWN ? span.start : event.time,
                    text.value(event.name, event.place),
                    text.attributes(event.attributes, event.place)));
        }
        return List.copyOf(events);
    }

    private void emit(Origin origin, TelemetrySpan span) {
        taken++;
        sink.span(
                span.resource() == origin.resource
                        ? span
                        : new TelemetrySpan(
                                origin.resource,
                                span.traceHigh(),
                                span.traceLow(),
                                span.id(),
                                span.parent(),
                                span.name(),
                                span.kind(),
                                span.start(),
                                span.end(),
                                span.error(),
                                span.status(),
                                span.attributes(),
                                span.events()));
    }

    // ---- logs ------------------------------------------------------------------------------------------------------

    @Override
    public void addLog(Moment log) throws IOException {
        if (log.problem != null) {
            reject(log.place, log.problem);
            return;
        }
        if (log.time == Moment.UNKNOWN) {
            leaveOut("missing_times", TIMELESS, log.place);
            return;
        }
        Origin origin = find(log.origin);
        TelemetryLog whole = new TelemetryLog(
                origin.resource == null ? KnownResources.UNKNOWN : origin.resource,
                log.trace.high(),
                log.trace.low(),
                log.span,
                log.time,
                log.severity,
                "",
                text.value(log.body, log.place),
                text.attributes(log.attributes, log.place));
        if (origin.resource == null) {
            origin.waiting.add(whole, this, log.place);
        } else {
            emit(origin, whole);
        }
    }

    private void emit(Origin origin, TelemetryLog log) {
        taken++;
        sink.log(new TelemetryLog(
                origin.resource,
                log.traceHigh(),
                log.traceLow(),
                log.span(),
                log.time(),
                log.severity(),
                LogSource.of(log.attributes(), origin.scope),
                log.body(),
                log.attributes()));
    }

    // ---- metrics ---------------------------------------------------------------------------------------------------

    @Override
    public void add(MetricPoint point) throws IOException {
        if (point.time() == JsonTimes.BAD || point.start() == JsonTimes.BAD) {
            reject(point.place(), "a time of a metric's point that is not between 1970 and 2262");
        } else if (point.time() == Moment.UNKNOWN) {
            leaveOut("missing_times", TIMELESS, point.place());
        } else if (point.name().isEmpty()) {
            leaveOut("unnamed_metrics", "points of metrics without a name; left out", point.place());
        } else {
            Origin origin = find(point.origin());
            if (origin.resource == null) {
                origin.waiting.add(point, this);
            } else {
                emit(origin, point);
            }
        }
    }

    private void emit(Origin origin, MetricPoint point) {
        taken++;
        double value = series.value(point, origin.resource, this);
        if (Double.isFinite(value)) {
            sink.metric(new TelemetryMetric(
                    origin.resource,
                    text.value(point.name(), point.place()),
                    point.unit(),
                    point.time(),
                    value,
                    text.attributes(point.attributes(), point.place())));
        }
    }

    // ---- what is left out ------------------------------------------------------------------------------------------

    private void leaveOut(String code, String what, Place place) {
        context.note(code, what, at(place));
        refused(what);
    }

    private void refused(String what) {
        firstRefused = refused == 0 ? what : firstRefused;
        refused++;
    }

    @Override
    public void reject(Place place, String what) throws InputException {
        if (!context.lenient()) {
            throw InputException.at(
                    names.get(place.file()),
                    place.line(),
                    0,
                    place.offset(),
                    what + "; --lenient leaves such records out and counts them");
        }
        context.note("broken_records", what, at(place));
        refused(what);
    }

    /** Fails where more waits for one resource than is held. */
    InputException tooMany(Place place, String what) {
        return InputException.at(names.get(place.file()), place.line(), 0, place.offset(), what);
    }
}
