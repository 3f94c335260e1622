package io.dettrace.formats.spans;

import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.Field;
import io.dettrace.formats.input.InputFile;
import io.dettrace.telemetry.SpanKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Zipkin's JSON, version 2 (zipkin2-api.yaml): lists of spans, lists of such lists, or spans one a line. Times are in
 * microseconds. A client and a server may share one span's identifier; parts of a span that were reported apart are put
 * together.
 */
final class ZipkinReader {
    private static final long MICROSECOND = 1_000;

    private final JsonInput json;
    private final SpanSink sink;

    private ZipkinReader(JsonInput json, SpanSink sink) {
        this.json = json;
        this.sink = sink;
    }

    static void read(InputFile file, int number, SpanSink sink) throws IOException {
        try (JsonInput json = new JsonInput(file, number, sink.context())) {
            ZipkinReader reader = new ZipkinReader(json, sink);
            json.all(reader::outer);
        }
    }

    private void outer(JsonToken first) throws IOException {
        if (first == JsonToken.START_ARRAY) {
            json.elements(first, this::outer);
        } else if (json.value(first) instanceof JsonObject span) {
            span(span);
        }
    }

    private void span(JsonObject object) throws IOException {
        Span span = new Span();
        span.place = object.place;
        span.name = object.text("name");
        span.kind = SpanKinds.of(object.text("kind"));
        span.shared = object.text("shared").equals("true");
        span.trace = sink.traceId(object.text("traceId"), span.place);
        span.id = sink.spanId(object.text("id"), span.place);
        span.parent = sink.spanId(object.text("parentId"), span.place);
        times(object, span);
        String service = endpoint(object, "localEndpoint");
        span.origin = sink.origin(List.of(), service, "");
        span.attributes = tags(object);
        String peer = endpoint(object, "remoteEndpoint");
        boolean calls = span.kind == SpanKind.CLIENT || span.kind == SpanKind.PRODUCER;
        if (calls && !peer.isEmpty()) {
            span.attributes.add(AttributeText.string("peer.service", peer));
        }
        Conventions.kindAndStatusFromTags(span);
        for (Object annotation : object.list("annotations")) {
            if (annotation instanceof JsonObject o) {
                span.events.add(annotation(o));
            }
        }
        if (object.has("binaryAnnotations")) {
            span.problem = "a span of Zipkin's version 1 (binaryAnnotations); only version 2 is read, which Zipkin's"
                    + " /api/v2 gives";
        }
        sink.add(span);
    }

    private static String endpoint(JsonObject object, String key) {
        JsonObject endpoint = object.object(key);
        return endpoint == null ? "" : endpoint.text("serviceName");
    }

    private static void times(JsonObject object, Span span) {
        span.start = JsonTimes.of(object.text("timestamp"), MICROSECOND);
        String text = object.text("duration");
        long duration = JsonTimes.of(text, MICROSECOND);
        if (span.start == JsonTimes.BAD || duration == JsonTimes.BAD) {
            span.problem = OtlpJsonReader.notATime("timestamp or duration", object.text("timestamp") + "\", \"" + text);
        } else if (duration != Moment.UNKNOWN && span.start != Moment.UNKNOWN) {
            span.end = duration > Long.MAX_VALUE - span.start ? Long.MAX_VALUE : span.start + duration;
        }
    }

    private static List<Field> tags(JsonObject object) {
        List<Field> fields = new ArrayList<>();
        JsonObject tags = object.object("tags");
        if (tags != null) {
            tags.values.forEach((key, value) -> fields.add(AttributeText.of(key, value)));
        }
        return fields;
    }

    private static Moment annotation(JsonObject object) {
        Moment moment = new Moment();
        moment.place = object.place;
        moment.name = object.text("value");
        moment.time = JsonTimes.of(object.text("timestamp"), MICROSECOND);
        if (moment.time == JsonTimes.BAD) {
            moment.problem = OtlpJsonReader.notATime("timestamp", object.text("timestamp"));
        }
        return moment;
    }
}
