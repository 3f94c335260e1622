package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * OTLP in protobuf (opentelemetry-proto 1.x): {@code TracesData}, {@code LogsData}, or the requests of the same shape; one
 * message, or as the Collector's file exporter writes them, each behind its length in four bytes. A file may be of any
 * size; what is held is one span. Field numbers are those of {@code trace.proto}, {@code logs.proto} and {@code
 * common.proto}.
 */
final class OtlpProtoReader {
    /** Values inside each other in one attribute. */
    static final int MAX_DEPTH = 100;

    private static final int RESOURCE_ITEMS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_ITEMS = 2;
    private static final int SCOPE = 1;
    private static final int ITEMS = 2;

    /** {@code InstrumentationLibrarySpans}, before 0.19. */
    private static final int LIBRARY_ITEMS = 1_000;

    private final InputFile file;
    private final int number;
    private final SpanStore store;
    private final ProtoStream in;
    private long items;
    private long itemAt;
    private int itemSize;

    private OtlpProtoReader(InputFile file, int number, SpanStore store, ProtoStream in) {
        this.file = file;
        this.number = number;
        this.store = store;
        this.in = in;
    }

    static void read(InputFile file, int number, SpanStore store) throws IOException {
        boolean framed;
        try (var head = file.openBinary()) {
            framed = OtlpProtoHead.isFramed(head.readNBytes(OtlpProtoHead.FRAME_LOOK));
        }
        try (ProtoStream in = new ProtoStream(file.openBinary())) {
            OtlpProtoReader reader = new OtlpProtoReader(file, number, store, in);
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

    /** What follows cannot be told apart any more. */
    private void cut(String what) throws InputException {
        String message = "this is no whole OTLP message: " + what;
        if (!store.context().lenient()) {
            throw InputException.at(
                    file.name(), items + 1, 0, in.at(), message + "; --lenient takes what is before it");
        }
        store.context().note("cut_file", "no whole OTLP messages; what is behind is left out", file.name() + ":" + (items + 1));
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
        List<Integer> origins = new ArrayList<>();
        List<String> scopes = new ArrayList<>();
        List<Field> attributes = new ArrayList<>();
        while (in.next(end)) {
            if (in.isMessage(RESOURCE)) {
                byte[] bytes = in.bytes();
                ProtoReader resource = new ProtoReader(bytes, 0, bytes.length);
                while (resource.next()) {
                    if (resource.is(1, ProtoReader.LENGTH)) {
                        attributes.add(attribute(resource.message()));
                    }
                }
            } else if (in.isMessage(SCOPE_ITEMS) || in.isMessage(LIBRARY_ITEMS)) {
                int origin = store.origins().open();
                origins.add(origin);
                scopes.add(scope(in.enter(), origin));
            } else {
                in.skip();
            }
        }
        for (int i = 0; i < origins.size(); i++) {
            store.origins().define(origins.get(i), Origins.of(attributes, "", scopes.get(i)));
        }
    }

    private String scope(long end, int origin) throws IOException {
        String scope = "";
        while (in.next(end)) {
            if (in.isMessage(SCOPE)) {
                byte[] bytes = in.bytes();
                ProtoReader r = new ProtoReader(bytes, 0, bytes.length);
                while (r.next()) {
                    scope = r.is(1, ProtoReader.LENGTH) ? r.text() : scope;
                }
            } else if (in.isMessage(ITEMS)) {
                itemAt = in.at();
                byte[] bytes = in.bytes();
                itemSize = bytes.length;
                items++;
                item(bytes, origin);
            } else {
                in.skip();
            }
        }
        return scope;
    }

    /** A span or a log record; one that is malformed is refused alone, since its length is known. */
    private void item(byte[] bytes, int origin) throws IOException {
        try {
            if (isLog(bytes)) {
                store.addLog(log(bytes, origin));
            } else {
                store.add(span(bytes, origin));
            }
        } catch (ProtoReader.Malformed e) {
            store.reject(new Place(number, items, itemAt, itemSize, items), "byte " + (itemAt + e.at()) + ": " + e.getMessage());
        }
    }

    /** A span's first field is its trace's identifier of bytes; a log record has a fixed time there, or none. */
    private static boolean isLog(byte[] bytes) throws ProtoReader.Malformed {
        ProtoReader r = new ProtoReader(bytes, 0, bytes.length);
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH) || r.is(2, ProtoReader.LENGTH) || r.is(7, ProtoReader.FIXED64)) {
                return false;
            }
            if (r.is(1, ProtoReader.FIXED64)
                    || r.is(2, ProtoReader.VARINT)
                    || r.is(11, ProtoReader.FIXED64)
                    || r.is(8, ProtoReader.FIXED32)) {
                return true;
            }
        }
        return true;
    }

    // ---- spans -----------------------------------------------------------------------------------------------------

    private Place place(int from, int length) {
        return new Place(number, items, itemAt + from, length, items);
    }

    private Span span(byte[] bytes, int origin) throws ProtoReader.Malformed {
        Span span = new Span();
        span.place = place(0, bytes.length);
        span.origin = origin;
        ProtoReader r = new ProtoReader(bytes, 0, bytes.length);
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                span.trace = trace(r).orElse(span.trace);
                span.problem = trace(r).isPresent() ? span.problem : size("trace_id", r);
            } else if (r.is(2, ProtoReader.LENGTH)) {
                span.id = id(r).orElse(0);
                span.problem = id(r).isPresent() ? span.problem : size("span_id", r);
            } else if (r.is(4, ProtoReader.LENGTH)) {
                span.parent = id(r).orElse(0);
                span.problem = id(r).isPresent() ? span.problem : size("parent_span_id", r);
            } else if (r.is(5, ProtoReader.LENGTH)) {
                span.name = r.text();
            } else if (r.is(6, ProtoReader.VARINT)) {
                span.kind = SpanKind.of(r.number());
            } else if (r.is(7, ProtoReader.FIXED64)) {
                span.start = time(r.number());
            } else if (r.is(8, ProtoReader.FIXED64)) {
                span.end = time(r.number());
            } else if (r.is(9, ProtoReader.LENGTH)) {
                span.attributes.add(attribute(r.message()));
            } else if (r.is(11, ProtoReader.LENGTH)) {
                span.events.add(event(r));
            } else if (r.is(13, ProtoReader.LENGTH)) {
                link(r.message(), span);
            } else if (r.is(15, ProtoReader.LENGTH)) {
                status(r.message(), span);
            }
        }
        if (span.start == JsonTimes.BAD || span.end == JsonTimes.BAD) {
            span.problem = "a time behind the year 2262";
        }
        return span;
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

    private Moment event(ProtoReader field) throws ProtoReader.Malformed {
        Moment event = new Moment();
        event.place = place(field.from(), field.length());
        ProtoReader r = field.message();
        while (r.next()) {
            if (r.is(1, ProtoReader.FIXED64)) {
                event.time = time(r.number());
            } else if (r.is(2, ProtoReader.LENGTH)) {
                event.name = r.text();
            } else if (r.is(3, ProtoReader.LENGTH)) {
                event.attributes.add(attribute(r.message()));
            }
        }
        if (event.time == JsonTimes.BAD) {
            event.problem = "a time behind the year 2262";
        }
        return event;
    }

    private static void link(ProtoReader r, Span span) throws ProtoReader.Malformed {
        TraceId trace = TraceId.NONE;
        long id = 0;
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                trace = trace(r).orElse(TraceId.NONE);
            } else if (r.is(2, ProtoReader.LENGTH)) {
                id = id(r).orElse(0);
            }
        }
        span.links.add(new Span.Link(trace, id));
    }

    private static void status(ProtoReader r, Span span) throws ProtoReader.Malformed {
        while (r.next()) {
            if (r.is(2, ProtoReader.LENGTH)) {
                span.statusMessage = r.text();
            } else if (r.is(3, ProtoReader.VARINT)) {
                span.error = r.number() == 2;
            }
        }
    }

    // ---- logs ------------------------------------------------------------------------------------------------------

    private Moment log(byte[] bytes, int origin) throws ProtoReader.Malformed {
        Moment log = new Moment();
        log.log = true;
        log.place = place(0, bytes.length);
        log.origin = origin;
        long observed = Moment.UNKNOWN;
        String severity = "";
        String word = "";
        ProtoReader r = new ProtoReader(bytes, 0, bytes.length);
        while (r.next()) {
            if (r.is(1, ProtoReader.FIXED64)) {
                log.time = time(r.number());
            } else if (r.is(11, ProtoReader.FIXED64)) {
                observed = time(r.number());
            } else if (r.is(2, ProtoReader.VARINT)) {
                severity = Long.toString(r.number());
            } else if (r.is(3, ProtoReader.LENGTH)) {
                word = r.text();
            } else if (r.is(5, ProtoReader.LENGTH)) {
                log.body = value("body", r.message(), 0).text();
            } else if (r.is(6, ProtoReader.LENGTH)) {
                log.attributes.add(attribute(r.message()));
            } else if (r.is(9, ProtoReader.LENGTH)) {
                log.trace = trace(r).orElse(log.trace);
                log.problem = trace(r).isPresent() ? log.problem : size("trace_id", r);
            } else if (r.is(10, ProtoReader.LENGTH)) {
                log.span = id(r).orElse(0);
                log.problem = id(r).isPresent() ? log.problem : size("span_id", r);
            } else if (r.is(12, ProtoReader.LENGTH)) {
                log.name = r.text();
            }
        }
        log.time = log.time == Moment.UNKNOWN ? observed : log.time;
        if (log.time == JsonTimes.BAD) {
            log.problem = "a time behind the year 2262";
        }
        log.severity = OtlpJsonReader.severity(severity.equals("0") ? "" : severity, word);
        return log;
    }

    // ---- attributes ------------------------------------------------------------------------------------------------

    private static Field attribute(ProtoReader r) throws ProtoReader.Malformed {
        String key = "";
        ProtoReader any = null;
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                key = r.text();
            } else if (r.is(2, ProtoReader.LENGTH)) {
                any = r.message();
            }
        }
        return any == null ? AttributeText.of(key, null) : value(key, any, 0);
    }

    private static Field value(String key, ProtoReader any, int depth) throws ProtoReader.Malformed {
        return AttributeText.of(key, plain(any, depth));
    }

    /** An {@code AnyValue} as what JSON would give; the last of several counts, as for every oneof. */
    private static Object plain(ProtoReader r, int depth) throws ProtoReader.Malformed {
        if (depth > MAX_DEPTH) {
            throw new ProtoReader.Malformed("values nested deeper than " + MAX_DEPTH, r.from());
        }
        Object value = null;
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                value = r.text();
            } else if (r.is(2, ProtoReader.VARINT)) {
                value = r.number() != 0;
            } else if (r.is(3, ProtoReader.VARINT)) {
                value = new JsonObject.Literal(Long.toString(r.number()));
            } else if (r.is(4, ProtoReader.FIXED64)) {
                value = new JsonObject.Literal(number(Double.longBitsToDouble(r.number())));
            } else if (r.is(5, ProtoReader.LENGTH)) {
                value = list(r.message(), depth);
            } else if (r.is(6, ProtoReader.LENGTH)) {
                value = map(r.message(), depth);
            } else if (r.is(7, ProtoReader.LENGTH)) {
                byte[] copy = java.util.Arrays.copyOfRange(r.bytes(), r.from(), r.from() + r.length());
                value = Base64.getEncoder().encodeToString(copy);
            }
        }
        return value;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static List<Object> list(ProtoReader r, int depth) throws ProtoReader.Malformed {
        List<Object> list = new ArrayList<>();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                list.add(plain(r.message(), depth + 1));
            }
        }
        return list;
    }

    private static JsonObject map(ProtoReader r, int depth) throws ProtoReader.Malformed {
        JsonObject map = new JsonObject();
        while (r.next()) {
            if (!r.is(1, ProtoReader.LENGTH)) {
                continue;
            }
            ProtoReader entry = r.message();
            String key = "";
            Object value = null;
            while (entry.next()) {
                if (entry.is(1, ProtoReader.LENGTH)) {
                    key = entry.text();
                } else if (entry.is(2, ProtoReader.LENGTH)) {
                    value = plain(entry.message(), depth + 1);
                }
            }
            map.values.putIfAbsent(key, value);
        }
        return map;
    }
}
