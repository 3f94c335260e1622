package io.dettrace.formats.spans;

import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.telemetry.SpanKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * OTLP in JSON (opentelemetry-proto 1.x, "OTLP/HTTP, JSON Protobuf encoding"): requests or data objects, one document or
 * one a line, also inside other objects, as Grafana Tempo's API gives them. A file may be of any size; what is held is one
 * span.
 */
final class OtlpJsonReader {
    /** Names of the arrays of spans and logs by resource. */
    static final Set<String> RESOURCES =
            Set.of("resourceSpans", "resource_spans", "resourceLogs", "resource_logs", "batches");

    /** Arrays inside them; the older name is that of versions before 0.19. */
    static final Set<String> SCOPES = Set.of(
            "scopeSpans",
            "scope_spans",
            "scopeLogs",
            "scope_logs",
            "instrumentationLibrarySpans",
            "instrumentation_library_spans",
            "instrumentationLibraryLogs",
            "instrumentation_library_logs");

    /** Names of the array of metrics by resource. */
    static final Set<String> METRIC_RESOURCES = Set.of("resourceMetrics", "resource_metrics");

    /** Arrays inside it. */
    static final Set<String> METRIC_SCOPES =
            Set.of("scopeMetrics", "scope_metrics", "instrumentationLibraryMetrics", "instrumentation_library_metrics");

    /** Severity words by OTLP's numbers 1 to 24, four to each. */
    static final List<String> SEVERITIES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    private static final Map<String, String> SEVERITY_WORDS = Map.of(
            "WARNING",
            "WARN",
            "ERR",
            "ERROR",
            "SEVERE",
            "ERROR",
            "CRITICAL",
            "FATAL",
            "FINE",
            "DEBUG",
            "INFORMATION",
            "INFO",
            "NOTICE",
            "INFO",
            "EMERGENCY",
            "FATAL",
            "ALERT",
            "FATAL");

    private final JsonInput json;
    private final SpanSink sink;

    private OtlpJsonReader(JsonInput json, SpanSink sink) {
        this.json = json;
        this.sink = sink;
    }

    static void read(InputFile file, int number, SpanSink sink) throws IOException {
        try (JsonInput json = new JsonInput(file, number, sink.context())) {
            OtlpJsonReader reader = new OtlpJsonReader(json, sink);
            json.all(reader::outer);
        }
    }

    /**
     * Reads one request, the object alone.
     *
     * @throws InputException if it is none; what was before the place is in the sink
     */
    static void request(byte[] request, Signal signal, SpanSink sink) throws IOException {
        try (JsonInput json = new JsonInput(new ByteArrayInputStream(request), "request", 0, sink.context(), "")) {
            OtlpJsonReader reader = new OtlpJsonReader(json, sink);
            JsonToken first = json.next();
            if (first != JsonToken.START_OBJECT) {
                throw new InputException("expected an object with \"" + signal.resources() + "\", found "
                        + (first == null ? "nothing" : "a value of another kind"));
            }
            json.members((name, value) -> {
                if (signal.isResources(name)) {
                    json.elements(value, reader::resource);
                } else {
                    json.skip(value);
                }
            });
            if (json.next() != null) {
                throw new InputException("byte " + json.offset() + ": expected the end, found another value");
            }
        }
    }

    /** Looks for spans, logs and metrics in a value of any kind. */
    private void outer(JsonToken first) throws IOException {
        if (first == JsonToken.START_ARRAY) {
            json.elements(first, this::outer);
        } else if (first == JsonToken.START_OBJECT) {
            json.members((name, value) -> {
                if (RESOURCES.contains(name) || METRIC_RESOURCES.contains(name)) {
                    json.elements(value, this::resource);
                } else {
                    outer(value);
                }
            });
        }
    }

    private void resource(JsonToken first) throws IOException {
        if (first != JsonToken.START_OBJECT) {
            json.skip(first);
            return;
        }
        Block block = new Block();
        json.members((name, value) -> {
            if (SCOPES.contains(name) || METRIC_SCOPES.contains(name)) {
                json.elements(value, v -> scope(v, block));
            } else if (name.equals("resource") && value == JsonToken.START_OBJECT) {
                block.resource = attributes((JsonObject) json.value(value));
            } else {
                json.skip(value);
            }
        });
        for (Scope scope : block.scopes) {
            define(scope, block);
            sink.close(scope.number);
        }
    }

    /** What one resource sent. */
    private static final class Block {
        private List<Field> resource;
        private final List<Scope> scopes = new ArrayList<>();
    }

    private static final class Scope {
        private final int number;
        private String name = "";
        private boolean told;

        Scope(int number) {
            this.number = number;
        }
    }

    private void define(Scope scope, Block block) throws IOException {
        sink.define(scope.number, block.resource == null ? List.of() : block.resource, "", scope.name);
    }

    private void scope(JsonToken first, Block block) throws IOException {
        if (first != JsonToken.START_OBJECT) {
            json.skip(first);
            return;
        }
        Scope scope = new Scope(sink.open());
        block.scopes.add(scope);
        json.members((name, value) -> {
            switch (name) {
                case "spans" -> {
                    defineEarly(scope, block, true);
                    json.elements(value, v -> span(v, scope.number));
                }
                case "logRecords", "log_records", "logs" -> {
                    defineEarly(scope, block, scope.told);
                    json.elements(value, v -> log(v, scope.number));
                }
                case "metrics" -> {
                    defineEarly(scope, block, true);
                    json.elements(value, v -> metric(v, scope.number));
                }
                case "scope", "instrumentationLibrary", "instrumentation_library" -> {
                    if (json.value(value) instanceof JsonObject object) {
                        scope.name = object.text("name");
                        scope.told = true;
                    }
                }
                default -> json.skip(value);
            }
        });
    }

    /** Resources mostly come first; then nothing has to wait for them. */
    private void defineEarly(Scope scope, Block block, boolean scopeIsEnough) throws IOException {
        if (block.resource != null && scopeIsEnough) {
            define(scope, block);
        }
    }

    // ---- spans -----------------------------------------------------------------------------------------------------

    private void span(JsonToken first, int origin) throws IOException {
        if (!(json.value(first) instanceof JsonObject object)) {
            return;
        }
        Span span = new Span();
        span.place = object.place;
        span.origin = origin;
        span.name = object.text("name");
        span.kind = kind(object.text("kind"));
        span.trace = sink.traceId(object.text("traceId"), span.place);
        span.id = sink.spanId(object.text("spanId"), span.place);
        span.parent = sink.spanId(object.text("parentSpanId"), span.place);
        span.start = time(object, "startTimeUnixNano", span);
        span.end = time(object, "endTimeUnixNano", span);
        span.attributes = attributes(object);
        JsonObject status = object.object("status");
        if (status != null) {
            String code = status.text("code");
            span.error = code.equals("2") || code.equals("STATUS_CODE_ERROR") || code.equals("ERROR");
            span.statusMessage = status.text("message");
        }
        for (Object event : object.list("events")) {
            if (event instanceof JsonObject o) {
                span.events.add(event(o));
            }
        }
        for (Object link : object.list("links")) {
            if (link instanceof JsonObject o) {
                span.links.add(new Span.Link(
                        sink.traceId(o.text("traceId"), span.place), sink.spanId(o.text("spanId"), span.place)));
            }
        }
        sink.add(span);
    }

    private static SpanKind kind(String text) {
        return text.length() == 1 ? SpanKinds.of(text.charAt(0) - '0') : SpanKinds.of(text);
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static long time(JsonObject object, String key, Span span) {
        String text = object.text(key);
        long time = JsonTimes.of(text, 1);
        if (time == JsonTimes.BAD) {
            span.problem = notATime(key, text);
        }
        return time;
    }

    static String notATime(String key, String text) {
        return key + " is \"" + shorten(text) + "\", expected a whole number between 1970 and 2262";
    }

    private static Moment event(JsonObject object) {
        Moment event = new Moment();
        event.place = object.place;
        event.name = object.text("name");
        event.attributes = attributes(object);
        event.time = JsonTimes.of(object.text("timeUnixNano"), 1);
        if (event.time == JsonTimes.BAD) {
            event.problem = notATime("timeUnixNano", object.text("timeUnixNano"));
        }
        return event;
    }

    // ---- logs ------------------------------------------------------------------------------------------------------

    private void log(JsonToken first, int origin) throws IOException {
        if (!(json.value(first) instanceof JsonObject object)) {
            return;
        }
        Moment log = new Moment();
        log.log = true;
        log.place = object.place;
        log.origin = origin;
        log.name = object.text("eventName");
        log.attributes = attributes(object);
        for (String key : List.of("timeUnixNano", "observedTimeUnixNano")) {
            if (log.time == Moment.UNKNOWN) {
                log.time = JsonTimes.of(object.text(key), 1);
            }
        }
        if (log.time == JsonTimes.BAD) {
            log.problem = notATime("timeUnixNano", object.text("timeUnixNano"));
        }
        log.trace = sink.traceId(object.text("traceId"), log.place);
        log.span = sink.spanId(object.text("spanId"), log.place);
        log.severity = severity(object.text("severityNumber"), object.text("severityText"));
        log.body = object.object("body") == null
                ? object.text("body")
                : value("body", object.object("body")).text();
        sink.addLog(log);
    }

    /** One of OTLP's six words, from a number of 1 to 24, its name, or the word of a logging library. */
    static String severity(String number, String text) {
        String digits = number.startsWith("SEVERITY_NUMBER_") ? "" : number;
        if (!digits.isEmpty() && digits.length() <= 2 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int n = Integer.parseInt(digits);
            if (n >= 1 && n <= 4 * SEVERITIES.size()) {
                return SEVERITIES.get((n - 1) / 4);
            }
        }
        String word = digits.equals(number) ? text : number.substring("SEVERITY_NUMBER_".length());
        String upper = word.toUpperCase(Locale.ROOT).replaceAll("[0-9]+$", "");
        return SEVERITY_WORDS.getOrDefault(upper, upper);
    }

    private void metric(JsonToken first, int origin) throws IOException {
        if (json.value(first) instanceof JsonObject object) {
            JsonMetrics.read(object, origin, sink);
        }
    }

    // ---- attributes ------------------------------------------------------------------------------------------------

    /** The attributes of an object: a list of keys and values, or, as some producers write them, an object. */
    static List<Field> attributes(JsonObject of) {
        List<Field> fields = new ArrayList<>();
        JsonObject map = of.object("attributes");
        if (map != null) {
            map.values.forEach((key, value) -> fields.add(AttributeText.of(key, value)));
        }
        for (Object entry : of.list("attributes")) {
            if (entry instanceof JsonObject pair) {
                fields.add(value(pair.text("key"), pair.get("value")));
            }
        }
        return fields;
    }

    /** An {@code AnyValue} as a field. */
    private static Field value(String key, Object any) {
        if (!(any instanceof JsonObject object)) {
            return AttributeText.of(key, any);
        }
        if (object.has("stringValue")) {
            return AttributeText.string(key, object.text("stringValue"));
        }
        if (object.has("intValue")) {
            return AttributeText.number(key, object.text("intValue"));
        }
        if (object.has("doubleValue")) {
            return AttributeText.number(key, object.text("doubleValue"));
        }
        if (object.has("boolValue")) {
            return AttributeText.flag(key, object.text("boolValue").equals("true"));
        }
        if (object.has("bytesValue")) {
            return AttributeText.string(key, object.text("bytesValue"));
        }
        if (object.has("arrayValue") || object.has("kvlistValue")) {
            return AttributeText.of(key, plain(object));
        }
        return new Field(key, Field.Type.NULL, "null");
    }

    /** An {@code AnyValue} as plain JSON. Depth is bounded by that of the text. */
    private static Object plain(Object any) {
        if (!(any instanceof JsonObject object)) {
            return any;
        }
        if (object.object("arrayValue") != null) {
            List<Object> list = new ArrayList<>();
            object.object("arrayValue").list("values").forEach(v -> list.add(plain(v)));
            return list;
        }
        if (object.object("kvlistValue") != null) {
            JsonObject map = new JsonObject();
            for (Object entry : object.object("kvlistValue").list("values")) {
                if (entry instanceof JsonObject pair) {
                    map.values.putIfAbsent(pair.text("key"), plain(pair.get("value")));
                }
            }
            return map;
        }
        if (object.has("intValue") || object.has("doubleValue")) {
            return new JsonObject.Literal(
                    object.has("intValue") ? object.text("intValue") : object.text("doubleValue"));
        }
        for (String key : List.of("stringValue", "boolValue", "bytesValue")) {
            if (object.has(key)) {
                return object.get(key);
            }
        }
        return object.values.isEmpty() ? null : object;
    }
}
