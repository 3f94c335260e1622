package io.dettrace.formats.spans;

import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.Field;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jaeger's JSON (jaeger-idl, {@code model/json}): what the UI exports and the query API answers ({@code data}), single
 * traces, and spans one by one with their process inside, as Elasticsearch holds them. Times are in microseconds. What is
 * held is one span, and the processes of one trace.
 */
final class JaegerReader {
    private static final long MICROSECOND = 1_000;
    private static final String FOLLOWS = "FOLLOWS_FROM";

    private final JsonInput json;
    private final SpanSink sink;

    private JaegerReader(JsonInput json, SpanSink sink) {
        this.json = json;
        this.sink = sink;
    }

    static void read(InputFile file, int number, SpanSink sink) throws IOException {
        try (JsonInput json = new JsonInput(file, number, sink.context())) {
            JaegerReader reader = new JaegerReader(json, sink);
            json.all(reader::outer);
        }
    }

    /** A list, an answer of the API or of Elasticsearch, a trace, or a span. */
    private void outer(JsonToken first) throws IOException {
        if (first == JsonToken.START_ARRAY) {
            json.elements(first, this::outer);
        } else if (first == JsonToken.START_OBJECT) {
            object();
        }
    }

    private void object() throws IOException {
        long line = json.line();
        long offset = json.offset();
        JsonObject members = new JsonObject();
        Map<String, Integer> processes = new HashMap<>();
        json.members((name, value) -> {
            switch (name) {
                case "data", "hits", "_source", "traces" -> outer(value);
                case "spans" ->
                    json.elements(value, v -> {
                        if (json.value(v) instanceof JsonObject span) {
                            span(span, processes);
                        }
                    });
                case "processes" -> {
                    if (json.value(value) instanceof JsonObject all) {
                        for (var process : all.values.entrySet()) {
                            if (process.getValue() instanceof JsonObject p) {
                                sink.define(origin(processes, process.getKey()), tags(p), p.text("serviceName"), "");
                            }
                        }
                    }
                }
                default -> members.values.putIfAbsent(name, json.value(value));
            }
        });
        if (members.values.containsKey("spanID")) {
            members.place = json.placeFrom(line, offset);
            span(members, processes);
        }
        for (int origin : processes.values()) {
            sink.close(origin);
        }
    }

    private int origin(Map<String, Integer> processes, String id) {
        return processes.computeIfAbsent(id, i -> sink.open());
    }

    private void span(JsonObject object, Map<String, Integer> processes) throws IOException {
        Span span = new Span();
        span.place = object.place;
        span.name = object.text("operationName");
        JsonObject process = object.object("process");
        span.origin = process == null
                ? origin(processes, object.text("processID"))
                : sink.origin(tags(process), process.text("serviceName"), "");
        span.trace = sink.traceId(object.text("traceID"), span.place);
        span.id = sink.spanId(object.text("spanID"), span.place);
        span.parent = sink.spanId(object.text("parentSpanID"), span.place);
        references(object, span);
        times(object, span);
        span.attributes = tags(object);
        Conventions.kindAndStatusFromTags(span);
        for (Object log : object.list("logs")) {
            if (log instanceof JsonObject o) {
                span.events.add(log(o));
            }
        }
        sink.add(span);
    }

    private static void times(JsonObject object, Span span) {
        span.start = JsonTimes.of(object.text("startTime"), MICROSECOND);
        String text = object.text("duration");
        long duration = text.equals("0") ? 0 : JsonTimes.of(text, MICROSECOND);
        if (text.startsWith("-")) {
            // As the UI does, a clock that went back makes an instant of the span; it is counted with the others.
            duration = -1;
        }
        if (span.start == JsonTimes.BAD || duration == JsonTimes.BAD) {
            span.problem = OtlpJsonReader.notATime("startTime or duration", object.text("startTime") + "\", \"" + text);
        } else if (duration != Moment.UNKNOWN) {
            long start = span.start == Moment.UNKNOWN ? 0 : span.start;
            span.start = start;
            span.end = duration > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + duration;
        }
    }

    /** The first reference in the trace, rather one that waits, is the parent; all others are links. */
    private void references(JsonObject object, Span span) {
        Span.Link parent = null;
        boolean follows = false;
        List<Span.Link> all = new ArrayList<>();
        for (Object reference : object.list("references")) {
            if (!(reference instanceof JsonObject o)) {
                continue;
            }
            Span.Link link = new Span.Link(
                    sink.traceId(o.text("traceID"), span.place), sink.spanId(o.text("spanID"), span.place));
            all.add(link);
            boolean here =
                    link.trace().key() == span.trace.key() || link.trace().isZero();
            boolean following = o.text("refType").equals(FOLLOWS);
            if (here && (parent == null || follows && !following)) {
                parent = link;
                follows = following;
            }
        }
        if (parent != null) {
            span.parent = parent.span();
            span.follows = follows;
            all.remove(parent);
        }
        span.links = all;
    }

    private static Moment log(JsonObject object) {
        Moment log = new Moment();
        log.place = object.place;
        log.time = JsonTimes.of(object.text("timestamp"), MICROSECOND);
        if (log.time == JsonTimes.BAD) {
            log.problem = OtlpJsonReader.notATime("timestamp", object.text("timestamp"));
        }
        for (Object field : object.list("fields")) {
            if (field instanceof JsonObject o) {
                log.attributes.add(tag(o));
            }
        }
        for (String key : List.of("event", "message", "name", "log.event")) {
            if (log.name.isEmpty()) {
                log.name = log.attributes.stream()
                        .filter(f -> f.path().equals(key))
                        .map(Field::text)
                        .findFirst()
                        .orElse("");
            }
        }
        log.name = log.name.isEmpty() ? "log" : log.name;
        return log;
    }

    /** The tags as a list, or as Elasticsearch may hold them, an object whose names have {@code @} for dots. */
    private static List<Field> tags(JsonObject of) {
        List<Field> fields = new ArrayList<>();
        for (Object entry : of.list("tags")) {
            if (entry instanceof JsonObject tag) {
                fields.add(tag(tag));
            }
        }
        for (String key : List.of("tags", "tag")) {
            JsonObject map = of.object(key);
            if (map != null) {
                map.values.forEach((name, value) -> fields.add(AttributeText.of(name.replace('@', '.'), value)));
            }
        }
        return fields;
    }

    private static Field tag(JsonObject tag) {
        String key = tag.text("key");
        Object value = tag.get("value");
        if (value instanceof String text) {
            return switch (tag.text("type")) {
                case "bool" -> AttributeText.flag(key, text.equals("true"));
                case "int64", "float64" -> AttributeText.number(key, text);
                default -> AttributeText.string(key, text);
            };
        }
        return AttributeText.of(key, value);
    }
}
