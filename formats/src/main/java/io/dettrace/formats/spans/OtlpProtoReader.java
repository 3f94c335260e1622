package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * OTLP in protobuf (opentelemetry-proto 1.x): {@code TracesData}, {@code LogsData}, {@code MetricsData}, or the requests of the same shape; one
 * message, or as the Collector's file exporter writes them, each behind its length in four bytes. A file may be of any
 * size; what is held is one span. Field numbers are those of {@code trace.proto}, {@code logs.proto} and {@code
 * common.proto}.
 */
final class OtlpProtoReader {
    private static final int RESOURCE_ITEMS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_ITEMS = 2;
    private static final int SCOPE = 1;
    private static final int ITEMS = 2;

    /** {@code InstrumentationLibrarySpans}, before 0.19. */
    private static final int LIBRARY_ITEMS = 1_000;

    private final String name;
    private final int number;
    private final SpanSink sink;
    private final ProtoStream in;
    private final ProtoAttributes attributes;
    private final Optional<Signal> signal;
    private final ProtoMetrics metrics;
    private final ProtoReader r = new ProtoReader(new byte[0], 0, 0);
    private final Span span = new Span();
    private long items;
    /** First byte of the item in the file. */
    private long itemAt;
    /** First byte of the item in the buffer. */
    private int itemFrom;

    private int itemSize;

    private OtlpProtoReader(
            String name,
            int number,
            SpanSink sink,
            ProtoStream in,
            ProtoAttributes attributes,
            Optional<Signal> signal) {
        this.name = name;
        this.attributes = attributes;
        this.signal = signal;
        metrics = new ProtoMetrics(attributes);
        this.number = number;
        this.sink = sink;
        this.in = in;
    }

    static void read(InputFile file, int number, SpanSink sink) throws IOException {
        boolean framed;
        try (var head = file.openBinary()) {
            framed = OtlpProtoHead.isFramed(head.readNBytes(OtlpProtoHead.FRAME_LOOK));
        }
        try (ProtoStream in = new ProtoStream(file.openBinary())) {
            OtlpProtoReader reader =
                    new OtlpProtoReader(file.name(), number, sink, in, new ProtoAttributes(), Optional.empty());
            try {
                if (framed) {
                    reader.frames();
                } else {
                    reader.request(Long.MAX_VALUE);
                }
            } catch (ProtoStream.Malformed | ProtoReader.Malformed e) {
                reader.cut(e.getMessage());
            }
        }
    }

    /**
     * Reads one request.
     *
     * @throws InputException if it is none; what was before the place is in the sink
     */
    static void request(byte[] request, Signal signal, SpanSink sink, ProtoAttributes attributes) throws IOException {
        ProtoStream in = new ProtoStream(request);
        OtlpProtoReader reader = new OtlpProtoReader("request", 0, sink, in, attributes, Optional.of(signal));
        try {
            reader.request(request.length);
        } catch (ProtoStream.Malformed | ProtoReader.Malformed e) {
            throw new InputException("byte " + in.at() + ": this is no whole OTLP message: " + e.getMessage());
        }
    }

    /** What follows cannot be told apart any more. */
    private void cut(String what) throws InputException {
        String message = "this is no whole OTLP message: " + what;
        if (!sink.context().lenient()) {
            throw InputException.at(name, items + 1, 0, in.at(), message + "; --lenient takes what is before it");
        }
        sink.context().note("cut_file", "no whole OTLP messages; what is behind is left out", name + ":" + (items + 1));
    }

    private void frames() throws IOException {
        for (long length = in.frame(); length >= 0; length = in.frame()) {
            request(in.at() + length);
        }
    }

    private void request(long end) throws IOException {
        while (in.next(end)) {
            if (in.isMessage(RESOURCE_ITEMS)) {
                resource(in.enter());
            } else {
                in.skip();
            }
        }
    }

    private void resource(long end) throws IOException {
        List<Scope> scopes = new ArrayList<>();
        List<Field> resource = new ArrayList<>();
        boolean told = false;
        while (in.next(end)) {
            if (in.isMessage(RESOURCE)) {
                told = true;
                in.content(r);
                while (r.next()) {
                    if (r.is(1, ProtoReader.LENGTH)) {
                        resource.add(attributes.attribute(r));
                    }
                }
            } else if (in.isMessage(SCOPE_ITEMS) || in.isMessage(LIBRARY_ITEMS)) {
                Scope scope = new Scope(sink.open());
                scopes.add(scope);
                scope(in.enter(), scope, told ? resource : null);
            } else {
                in.skip();
            }
        }
        for (Scope scope : scopes) {
            sink.define(scope.number, resource, "", scope.name);
            sink.close(scope.number);
        }
    }

    private static final class Scope {
        private final int number;
        private String name = "";

        Scope(int number) {
            this.number = number;
        }
    }

    /**
     * @param resource what is known of the resource, so that nothing has to wait; null if it comes behind
     */
    private void scope(long end, Scope scope, List<Field> resource) throws IOException {
        boolean defined = false;
        while (in.next(end)) {
            if (in.isMessage(SCOPE)) {
                in.content(r);
                while (r.next()) {
                    scope.name = r.is(1, ProtoReader.LENGTH) ? attributes.text(r) : scope.name;
                }
            } else if (in.isMessage(ITEMS)) {
                if (resource != null && !defined) {
                    sink.define(scope.number, resource, "", scope.name);
                    defined = true;
                }
                item(scope.number);
            } else {
                in.skip();
            }
        }
    }

    /** A span, a log record or a metric; one that is malformed is refused alone, since its length is known. */
    private void item(int origin) throws IOException {
        itemAt = in.at();
        in.content(r);
        itemFrom = r.at();
        itemSize = r.end() - itemFrom;
        items++;
        try {
            Signal is = signal.isPresent() ? signal.get() : OtlpProtoItem.signal(r);
            r.reset(r.bytes(), itemFrom, itemFrom + itemSize);
            switch (is) {
                case TRACES -> sink.add(span(origin));
                case LOGS -> sink.addLog(log(origin));
                case METRICS -> metrics.read(r, origin, place(itemFrom, itemSize), sink);
            }
        } catch (ProtoReader.Malformed e) {
            sink.reject(place(itemFrom, itemSize), "byte " + (itemAt + e.at() - itemFrom) + ": " + e.getMessage());
        }
    }

    // ---- spans -----------------------------------------------------------------------------------------------------

    /** The place of bytes in the buffer. */
    private Place place(int from, int length) {
        return new Place(number, items, itemAt + from - itemFrom, length, items);
    }

    private Span span(int origin) throws ProtoReader.Malformed {
        span.clear();
        span.place = place(itemFrom, itemSize);
        span.origin = origin;
        while (r.next()) {
            switch (r.tag()) {
                case 1 << 3 | ProtoReader.LENGTH -> {
                    Optional<TraceId> trace = trace(r);
                    span.trace = trace.orElse(span.trace);
                    span.problem = trace.isPresent() ? span.problem : size("trace_id", r);
                }
                case 2 << 3 | ProtoReader.LENGTH -> span.id = id(span, "span_id");
                case 4 << 3 | ProtoReader.LENGTH -> span.parent = id(span, "parent_span_id");
                case 5 << 3 | ProtoReader.LENGTH -> span.name = attributes.text(r);
                case 6 << 3 | ProtoReader.VARINT -> span.kind = SpanKinds.of(r.number());
                case 7 << 3 | ProtoReader.FIXED64 -> span.start = time(r.number());
                case 8 << 3 | ProtoReader.FIXED64 -> span.end = time(r.number());
                case 9 << 3 | ProtoReader.LENGTH -> span.attributes.add(attributes.attribute(r));
                case 11 << 3 | ProtoReader.LENGTH -> span.events.add(event());
                case 13 << 3 | ProtoReader.LENGTH -> link();
                case 15 << 3 | ProtoReader.LENGTH -> status();
                default -> {}
            }
        }
        if (span.start == JsonTimes.BAD || span.end == JsonTimes.BAD) {
            span.problem = "a time behind the year 2262";
        }
        return span;
    }

    private long id(Span of, String field) {
        OptionalLong id = id(r);
        of.problem = id.isPresent() ? of.problem : size(field, r);
        return id.orElse(0);
    }

    private static Optional<TraceId> trace(ProtoReader r) {
        return Ids.trace(r.bytes(), r.from(), r.length());
    }

    private static OptionalLong id(ProtoReader r) {
        return Ids.span(r.bytes(), r.from(), r.length());
    }

    private static String size(String field, ProtoReader r) {
        return field + " of " + r.length() + " bytes, expected " + (field.equals("trace_id") ? "16" : "8");
    }

    private static long time(long unixNano) {
        return JsonTimes.scale(unixNano, 1);
    }

    private Moment event() throws ProtoReader.Malformed {
        Moment event = new Moment();
        event.place = place(r.from(), r.length());
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.FIXED64)) {
                event.time = time(r.number());
            } else if (r.is(2, ProtoReader.LENGTH)) {
                event.name = attributes.text(r);
            } else if (r.is(3, ProtoReader.LENGTH)) {
                event.attributes.add(attributes.attribute(r));
            }
        }
        r.leave(outer);
        if (event.time == JsonTimes.BAD) {
            event.problem = "a time behind the year 2262";
        }
        return event;
    }

    private void link() throws ProtoReader.Malformed {
        TraceId trace = TraceId.NONE;
        long id = 0;
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                trace = trace(r).orElse(TraceId.NONE);
            } else if (r.is(2, ProtoReader.LENGTH)) {
                id = id(r).orElse(0);
            }
        }
        r.leave(outer);
        span.links.add(new Span.Link(trace, id));
    }

    private void status() throws ProtoReader.Malformed {
        int outer = r.enter();
        while (r.next()) {
            if (r.is(2, ProtoReader.LENGTH)) {
                span.statusMessage = attributes.text(r);
            } else if (r.is(3, ProtoReader.VARINT)) {
                span.error = r.number() == 2;
            }
        }
        r.leave(outer);
    }

    // ---- logs ------------------------------------------------------------------------------------------------------

    private Moment log(int origin) throws ProtoReader.Malformed {
        Moment log = new Moment();
        log.log = true;
        log.place = place(itemFrom, itemSize);
        log.origin = origin;
        long observed = Moment.UNKNOWN;
        String severity = "";
        String word = "";
        while (r.next()) {
            if (r.is(1, ProtoReader.FIXED64)) {
                log.time = time(r.number());
            } else if (r.is(11, ProtoReader.FIXED64)) {
                observed = time(r.number());
            } else if (r.is(2, ProtoReader.VARINT)) {
                severity = Long.toString(r.number());
            } else if (r.is(3, ProtoReader.LENGTH)) {
                word = attributes.text(r);
            } else if (r.is(5, ProtoReader.LENGTH)) {
                log.body = attributes.value(r);
            } else if (r.is(6, ProtoReader.LENGTH)) {
                log.attributes.add(attributes.attribute(r));
            } else if (r.is(9, ProtoReader.LENGTH)) {
                log.trace = trace(r).orElse(log.trace);
                log.problem = trace(r).isPresent() ? log.problem : size("trace_id", r);
            } else if (r.is(10, ProtoReader.LENGTH)) {
                log.span = id(r).orElse(0);
                log.problem = id(r).isPresent() ? log.problem : size("span_id", r);
            } else if (r.is(12, ProtoReader.LENGTH)) {
                log.name = attributes.text(r);
            }
        }
        log.time = log.time == Moment.UNKNOWN ? observed : log.time;
        if (log.time == JsonTimes.BAD) {
            log.problem = "a time behind the year 2262";
        }
        log.severity = OtlpJsonReader.severity(severity.equals("0") ? "" : severity, word);
        return log;
    }
}
