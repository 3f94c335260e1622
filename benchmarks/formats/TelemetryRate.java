import com.sun.management.OperatingSystemMXBean;
import io.dettrace.event.Field;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.Telemetry;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads windows of traces with {@link Telemetry}, or with OpenTelemetry's own classes, and prints the number of spans and a sum
 * over their contents that does not depend on their order; and writes OTLP in protobuf as OTLP JSON or Jaeger JSON.
 */
final class TelemetryRate {
    private static final HexFormat HEX = HexFormat.of();

    private TelemetryRate() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "count", "sum" -> ours(arguments[1], arguments[0].equals("sum"));
            case "theirs" -> theirs(Path.of(arguments[1]), Long.parseLong(arguments[2]));
            case "json" -> json(Path.of(arguments[1]), Path.of(arguments[2]));
            case "jaeger" -> jaeger(Path.of(arguments[1]), Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Counts, and adds up what the spans say if asked to, which takes longer than to read them. */
    private static final class Sum implements TelemetrySink {
        private final boolean contents;
        private long spans;
        private long others;
        private long sum;

        Sum(boolean contents) {
            this.contents = contents;
        }

        @Override
        public void span(TelemetrySpan s) {
            spans++;
            if (contents) {
                List<String> attributes = new ArrayList<>();
                for (Field f : s.attributes()) {
                    attributes.add(f.path() + "=" + f.text());
                }
                add(
                        s.resource().service(),
                        s.traceHigh(),
                        s.traceLow(),
                        s.id(),
                        s.parent(),
                        s.name(),
                        s.kind().name(),
                        s.start(),
                        s.end(),
                        s.error(),
                        s.status(),
                        attributes);
            }
        }

        private void add(Object... contents) {
            long hash = 7;
            for (Object o : contents) {
                hash = hash * 0x9E37_79B9_7F4A_7C15L + o.hashCode();
            }
            sum += hash;
        }

        @Override
        public void log(TelemetryLog log) {
            others++;
        }

        @Override
        public void metric(TelemetryMetric point) {
            others++;
        }
    }

    private static void ours(String file, boolean contents) throws IOException {
        Sum sum = new Sum(contents);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        try (Telemetry telemetry = new Telemetry(ReadOptions.DEFAULT, InputStream.nullInputStream())) {
            telemetry.read(List.of(file), sum);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        cpu = system.getProcessCpuTime() - cpu;
        if (contents) {
            System.out.printf(Locale.ROOT, "%d %016x%n", sum.spans, sum.sum);
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "%d spans, %d others, %.2f s, %,.0f spans/s, %.2f us of CPU a span%n",
                    sum.spans,
                    sum.others,
                    seconds,
                    sum.spans / seconds,
                    cpu / 1e3 / Math.max(1, sum.spans));
        }
    }

    // ---- OpenTelemetry's classes ----

    private interface Request {
        void take(ExportTraceServiceRequest request) throws IOException;
    }

    private static void requests(Path file, Request each) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (true) {
                int length;
                try {
                    length = in.readInt();
                } catch (EOFException end) {
                    return;
                }
                each.take(ExportTraceServiceRequest.parseFrom(in.readNBytes(length)));
            }
        }
    }

    private interface Each {
        void take(String service, Span span) throws IOException;
    }

    private static void spans(ExportTraceServiceRequest request, Each each) throws IOException {
        for (ResourceSpans r : request.getResourceSpansList()) {
            String service = r.getResource().getAttributes(0).getValue().getStringValue();
            for (ScopeSpans s : r.getScopeSpansList()) {
                for (Span span : s.getSpansList()) {
                    each.take(service, span);
                }
            }
        }
    }

    private static String text(KeyValue a) {
        return a.getValue().hasStringValue() ? a.getValue().getStringValue() : Long.toString(a.getValue().getIntValue());
    }

    private static boolean failed(Span s) {
        return s.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
    }

    private static String kind(Span s) {
        return s.getKind().name().substring("SPAN_KIND_".length());
    }

    /** Times and durations in whole units of so many nanoseconds. */
    private static void theirs(Path file, long unit) throws IOException {
        Sum sum = new Sum(true);
        requests(file, request -> spans(request, (service, s) -> {
            sum.spans++;
            long start = s.getStartTimeUnixNano() / unit * unit;
            ByteBuffer trace = s.getTraceId().asReadOnlyByteBuffer();
            List<String> attributes = new ArrayList<>();
            s.getAttributesList().forEach(a -> attributes.add(a.getKey() + "=" + text(a)));
            sum.add(
                    service,
                    trace.getLong(),
                    trace.getLong(),
                    s.getSpanId().asReadOnlyByteBuffer().getLong(),
                    s.getParentSpanId().isEmpty() ? 0L : s.getParentSpanId().asReadOnlyByteBuffer().getLong(),
                    s.getName(),
                    kind(s),
                    start,
                    start + (s.getEndTimeUnixNano() - s.getStartTimeUnixNano()) / unit * unit,
                    failed(s),
                    s.getStatus().getMessage(),
                    attributes);
        }));
        System.out.printf(Locale.ROOT, "%d %016x%n", sum.spans, sum.sum);
    }

    // ---- the other formats ----

    private static String hex(com.google.protobuf.ByteString id) {
        return '"' + HEX.formatHex(id.toByteArray()) + '"';
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A request a line. */
    private static void json(Path from, Path to) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            requests(from, request -> {
                String between = "{\"resourceSpans\":[";
                for (ResourceSpans r : request.getResourceSpansList()) {
                    out.write(between + "{\"resource\":{\"attributes\":" + attributes(r.getResource().getAttributesList())
                            + "},\"scopeSpans\":[{\"scope\":{\"name\":\"traffic\"},\"spans\":[");
                    between = "";
                    for (Span s : r.getScopeSpans(0).getSpansList()) {
                        out.write(between + "{\"traceId\":" + hex(s.getTraceId()) + ",\"spanId\":" + hex(s.getSpanId())
                                + ",\"parentSpanId\":" + hex(s.getParentSpanId()) + ",\"name\":" + quoted(s.getName())
                                + ",\"kind\":" + s.getKindValue() + ",\"startTimeUnixNano\":\"" + s.getStartTimeUnixNano()
                                + "\",\"endTimeUnixNano\":\"" + s.getEndTimeUnixNano() + "\",\"attributes\":"
                                + attributes(s.getAttributesList()) + ",\"status\":{\"code\":"
                                + s.getStatus().getCodeValue() + ",\"message\":" + quoted(s.getStatus().getMessage()) + "}}");
                        between = ",";
                    }
                    out.write("]}]}");
                    between = ",";
                }
                out.write("]}\n");
            });
        }
    }

    private static String attributes(List<KeyValue> attributes) {
        StringBuilder out = new StringBuilder("[");
        for (KeyValue a : attributes) {
            String value = a.getValue().hasStringValue()
                    ? "\"stringValue\":" + quoted(text(a))
                    : "\"intValue\":\"" + text(a) + "\"";
            out.append(out.length() == 1 ? "" : ",")
                    .append("{\"key\":" + quoted(a.getKey()) + ",\"value\":{" + value + "}}");
        }
        return out.append(']').toString();
    }

    /** An export of all traces in one document, the processes behind each trace's spans; a trace is a request here. */
    private static void jaeger(Path from, Path to) throws IOException {
        String[] between = {"{\"data\":["};
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            requests(from, request -> {
                Map<String, String> processes = new LinkedHashMap<>();
                boolean[] first = {true};
                spans(request, (service, s) -> {
                    if (first[0]) {
                        out.write(between[0] + "{\"traceID\":" + hex(s.getTraceId()) + ",\"spans\":[");
                        between[0] = ",\n";
                    }
                    String process = processes.computeIfAbsent(service, n -> "p" + (processes.size() + 1));
                    out.write((first[0] ? "" : ",") + jaeger(s, process));
                    first[0] = false;
                });
                List<String> named = new ArrayList<>();
                processes.forEach((service, id) ->
                        named.add("\"" + id + "\":{\"serviceName\":" + quoted(service) + ",\"tags\":[]}"));
                out.write("],\"processes\":{" + String.join(",", named) + "}}");
            });
            out.write("]}\n");
        }
    }

    private static String jaeger(Span s, String process) {
        List<String> tags = new ArrayList<>();
        for (KeyValue a : s.getAttributesList()) {
            tags.add("{\"key\":" + quoted(a.getKey()) + ",\"type\":\"" + (a.getValue().hasStringValue() ? "string" : "int64")
                    + "\",\"value\":" + (a.getValue().hasStringValue() ? quoted(text(a)) : text(a)) + "}");
        }
        tags.add("{\"key\":\"span.kind\",\"type\":\"string\",\"value\":\"" + kind(s).toLowerCase(Locale.ROOT) + "\"}");
        if (failed(s)) {
            tags.add("{\"key\":\"otel.status_code\",\"type\":\"string\",\"value\":\"ERROR\"}");
            tags.add("{\"key\":\"otel.status_description\",\"type\":\"string\",\"value\":"
                    + quoted(s.getStatus().getMessage()) + "}");
        }
        String parent = s.getParentSpanId().isEmpty()
                ? ""
                : "{\"refType\":\"CHILD_OF\",\"traceID\":" + hex(s.getTraceId()) + ",\"spanID\":" + hex(s.getParentSpanId())
                        + "}";
        return "{\"traceID\":" + hex(s.getTraceId()) + ",\"spanID\":" + hex(s.getSpanId()) + ",\"operationName\":"
                + quoted(s.getName()) + ",\"references\":[" + parent + "],\"startTime\":" + s.getStartTimeUnixNano() / 1000
                + ",\"duration\":" + (s.getEndTimeUnixNano() - s.getStartTimeUnixNano()) / 1000 + ",\"tags\":["
                + String.join(",", tags) + "],\"logs\":[],\"processID\":\"" + process + "\"}";
    }
}
