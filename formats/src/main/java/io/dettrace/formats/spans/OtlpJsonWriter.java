package io.dettrace.formats.spans;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.dettrace.event.Field;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the events of a span format as OTLP in JSON, a span or a log record a line, which reads back to the same events.
 * Spans that have started and not ended are held; one that never ends is written last. That a span only follows from its
 * parent (Jaeger's {@code FOLLOWS_FROM}) is lost, because OTLP has no word for it.
 */
final class OtlpJsonWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final OutputStream out;
    private final Map<String, Open> open = new LinkedHashMap<>();

    /** A span that has not ended, with what happened in it. */
    private record Open(Map<String, Field> start, List<Map<String, Field>> events) {}

    private OtlpJsonWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes all events of {@code events} to {@code out}; closes neither. */
    static void write(RecordReader events, OutputStream out) throws IOException {
        OtlpJsonWriter writer = new OtlpJsonWriter(out);
        while (events.next()) {
            Map<String, Field> event = new LinkedHashMap<>();
            events.record().fields().forEach(f -> event.put(f.path(), f));
            writer.event(event);
        }
        for (Open left : writer.open.values()) {
            writer.span(left, null);
        }
        out.flush();
    }

    private void event(Map<String, Field> event) throws IOException {
        String id = text(event, SpanMapping.ID);
        switch (text(event, SpanMapping.TYPE)) {
            case "start" -> open.put(id, new Open(event, new ArrayList<>()));
            case "end" -> {
                Open span = open.remove(id.substring(0, id.length() - ".end".length()));
                if (span != null) {
                    span(span, event);
                }
            }
            case "event" -> {
                Open span = open.get(text(event, SpanMapping.OWNER));
                if (span != null) {
                    span.events().add(event);
                }
            }
            default -> log(event);
        }
    }

    private static String text(Map<String, Field> event, String path) {
        Field field = event.get(path);
        return field == null ? "" : field.text();
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** A line: a request that holds one item. */
    private void line(Map<String, Field> event, String outer, String scopes, String items, Body item)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart(outer);
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            json.writeArrayFieldStart("attributes");
            attribute(json, "service.name", event.get(SpanMapping.SERVICE));
            if (!text(event, SpanMapping.INSTANCE).isEmpty()) {
                attribute(json, "service.instance.id", event.get(SpanMapping.INSTANCE));
            }
            if (!text(event, SpanMapping.VERSION).isEmpty()) {
                attribute(json, "service.version", event.get(SpanMapping.VERSION));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayFieldStart(scopes);
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", text(event, SpanMapping.SCOPE));
            json.writeEndObject();
            json.writeArrayFieldStart(items);
            json.writeStartObject();
            item.write(json);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private void span(Open span, Map<String, Field> end) throws IOException {
        Map<String, Field> start = span.start();
        line(start, "resourceSpans", "scopeSpans", "spans", json -> {
            identifiers(json, start);
            if (start.containsKey(SpanMapping.PARENT)) {
                json.writeStringField("parentSpanId", text(start, SpanMapping.PARENT));
            }
            json.writeStringField("name", text(start, SpanMapping.NAME));
            json.writeNumberField(
                    "kind", SpanKinds.of(text(start, SpanMapping.KIND)).ordinal() + 1);
            json.writeStringField("startTimeUnixNano", text(start, SpanMapping.TIME));
            if (end != null) {
                json.writeStringField("endTimeUnixNano", text(end, SpanMapping.TIME));
            }
            attributes(json, start);
            json.writeArrayFieldStart("events");
            for (Map<String, Field> event : span.events()) {
                json.writeStartObject();
                if (event.containsKey(SpanMapping.TIME)) {
                    json.writeStringField("timeUnixNano", text(event, SpanMapping.TIME));
                }
                json.writeStringField("name", text(event, SpanMapping.NAME));
                attributes(json, event);
                json.writeEndObject();
            }
            json.writeEndArray();
            links(json, text(start, SpanMapping.LINKS));
            if (end != null) {
                json.writeObjectFieldStart("status");
                if (text(end, SpanMapping.STATUS).equals("error")) {
                    json.writeNumberField("code", 2);
                }
                json.writeStringField("message", text(end, SpanMapping.STATUS_TEXT));
                json.writeEndObject();
            }
        });
    }

    private void log(Map<String, Field> event) throws IOException {
        line(event, "resourceLogs", "scopeLogs", "logRecords", json -> {
            identifiers(json, event);
            if (event.containsKey(SpanMapping.TIME)) {
                json.writeStringField("timeUnixNano", text(event, SpanMapping.TIME));
            }
            json.writeStringField("eventName", text(event, SpanMapping.NAME));
            json.writeStringField("severityText", text(event, SpanMapping.SEVERITY));
            json.writeObjectFieldStart("body");
            json.writeStringField("stringValue", text(event, SpanMapping.BODY));
            json.writeEndObject();
            attributes(json, event);
        });
    }

    private static void identifiers(JsonGenerator json, Map<String, Field> event) throws IOException {
        json.writeStringField("traceId", text(event, SpanMapping.TRACE));
        json.writeStringField("spanId", text(event, SpanMapping.SPAN));
    }

    private static void links(JsonGenerator json, String links) throws IOException {
        int trace = TraceId.NONE.hex().length();
        int size = trace + Ids.hex(0).length();
        json.writeArrayFieldStart("links");
        for (int i = 0; i + size <= links.length(); i += size) {
            json.writeStartObject();
            json.writeStringField("traceId", links.substring(i, i + trace));
            json.writeStringField("spanId", links.substring(i + trace, i + size));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    // ---- attributes ------------------------------------------------------------------------------------------------

    private static void attributes(JsonGenerator json, Map<String, Field> event) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (Field f : event.values()) {
            if (f.path().startsWith(Conventions.RAW)) {
                attribute(json, f.path().substring(Conventions.RAW.length()), f);
            }
        }
        json.writeEndArray();
    }

    private static void attribute(JsonGenerator json, String key, Field value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeFieldName("value");
        switch (value.type()) {
            case STRING -> scalar(json, "stringValue", value.text());
            case NUMBER -> number(json, value.text());
            case BOOLEAN -> flag(json, value.text().equals("true"));
            case NULL -> {
                json.writeStartObject();
                json.writeEndObject();
            }
            case COMPOSITE -> {
                byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
                try (JsonParser parser = JSON.createParser(text)) {
                    parser.nextToken();
                    any(parser, json);
                }
            }
        }
        json.writeEndObject();
    }

    private static void scalar(JsonGenerator json, String type, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField(type, text);
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String text) throws IOException {
        boolean whole = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        if (whole) {
            scalar(json, "intValue", text);
            return;
        }
        json.writeStartObject();
        json.writeFieldName("doubleValue");
        json.writeNumber(text);
        json.writeEndObject();
    }

    private static void flag(JsonGenerator json, boolean value) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("boolValue", value);
        json.writeEndObject();
    }

    /** A JSON value as an {@code AnyValue}; its depth is bounded by that of what was read. */
    private static void any(JsonParser parser, JsonGenerator json) throws IOException {
        switch (parser.currentToken()) {
            case START_ARRAY -> {
                open(json, "arrayValue");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    any(parser, json);
                }
                close(json);
            }
            case START_OBJECT -> {
                open(json, "kvlistValue");
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    json.writeStartObject();
                    json.writeStringField("key", parser.currentName());
                    json.writeFieldName("value");
                    parser.nextToken();
                    any(parser, json);
                    json.writeEndObject();
                }
                close(json);
            }
            case VALUE_STRING -> scalar(json, "stringValue", parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> flag(json, parser.getBooleanValue());
            default -> {
                json.writeStartObject();
                json.writeEndObject();
            }
        }
    }

    private static void open(JsonGenerator json, String type) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart(type);
        json.writeArrayFieldStart("values");
    }

    private static void close(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }
}
