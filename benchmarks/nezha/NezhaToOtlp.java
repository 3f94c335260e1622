import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Makes OTLP of folders in the format of the Nezha fault cases (spans, logs and metrics as CSV): export requests in protobuf,
 * each behind its length, as the Collector's file exporter writes them. Labels are not read.
 */
final class NezhaToOtlp {
    /** Records in one request. */
    private static final int BATCH = 4_000;

    private static final long MICROSECOND = 1_000;

    private final Path from;
    private final String window;
    private final Path to;
    private final MessageDigest sha;
    private LocalDate day;
    private long origin;
    private long spans;
    private long logs;
    private long points;

    private NezhaToOtlp(Path from, String window, Path to) throws GeneralSecurityException {
        this.from = from;
        this.window = window;
        this.to = to;
        sha = MessageDigest.getInstance("SHA-256");
    }

    /** WINDOW OUT FOLDER...: makes OUT/(name of FOLDER)/{traces,logs,metrics}.binpb of each folder's rows of the window. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("expected WINDOW OUT FOLDER...");
        }
        for (String folder : Arrays.asList(arguments).subList(2, arguments.length)) {
            Path from = Path.of(folder);
            NezhaToOtlp one = new NezhaToOtlp(
                    from, arguments[0], Files.createDirectories(Path.of(arguments[1]).resolve(from.getFileName())));
            one.meta();
            one.spans();
            one.logs();
            one.metrics();
            System.out.println(from.getFileName() + " " + arguments[0] + ": " + one.spans + " spans, " + one.logs
                    + " log records, " + one.points + " points");
        }
    }

    private void meta() throws IOException {
        Map<String, String> values = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(from.resolve("meta.json").toFile())) {
            for (JsonToken t = json.nextToken(); t != null; t = json.nextToken()) {
                if (t.isScalarValue()) {
                    values.put(json.currentName(), json.getText());
                }
            }
        }
        day = LocalDate.parse(values.get("day"));
        origin = Long.parseLong(values.get("t0_unix_us"));
    }

    private interface Row {
        void take(NamedCsvRecord row) throws IOException;
    }

    /** The rows of the window in a file, which may be missing. */
    private void rows(String name, Row each) throws IOException {
        Path file = from.resolve(name + ".csv.gz");
        if (!Files.exists(file)) {
            return;
        }
        try (Reader text = new InputStreamReader(
                        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16),
                        StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : csv) {
                if (row.getField("win").equals(window)) {
                    each.take(row);
                }
            }
        }
    }

    /** Requests in a file, each behind its length of four bytes. */
    private final class Requests implements AutoCloseable {
        private final DataOutputStream out;

        Requests(String name) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to.resolve(name + ".binpb"))));
        }

        void write(Message request) throws IOException {
            if (request.getSerializedSize() > 0) {
                out.writeInt(request.getSerializedSize());
                request.writeTo(out);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private ByteString id(int size, String... of) {
        sha.reset();
        sha.update(from.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        sha.update(window.getBytes(StandardCharsets.UTF_8));
        for (String part : of) {
            sha.update((byte) '/');
            sha.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return ByteString.copyFrom(sha.digest(), 0, size);
    }

    private long nanos(String microseconds) {
        return (origin + Long.parseLong(microseconds)) * MICROSECOND;
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static Resource resource(String service) {
        return Resource.newBuilder().addAttributes(text("service.name", service)).build();
    }

    // ---- spans ----

    private void spans() throws IOException {
        Map<String, ScopeSpans.Builder> byService = new TreeMap<>();
        try (Requests out = new Requests("traces")) {
            rows("spans", row -> {
                String trace = row.getField("trace");
                long start = nanos(row.getField("start_us"));
                Span.Builder span = Span.newBuilder()
                        .setTraceId(id(16, trace))
                        .setSpanId(id(8, trace, row.getField("span")))
                        .setName(row.getField("operation"))
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + Long.parseLong(row.getField("dur_us")) * MICROSECOND);
                if (!row.getField("parent").isEmpty()) {
                    span.setParentSpanId(id(8, trace, row.getField("parent")));
                }
                byService
                        .computeIfAbsent(row.getField("service"), s -> ScopeSpans.newBuilder())
                        .addSpans(span);
                if (++spans % BATCH == 0) {
                    out.write(traces(byService));
                }
            });
            out.write(traces(byService));
        }
    }

    private static ExportTraceServiceRequest traces(Map<String, ScopeSpans.Builder> byService) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        byService.forEach((service, spans) -> request.addResourceSpans(
                ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(spans)));
        byService.clear();
        return request.build();
    }

    // ---- logs ----

    private void logs() throws IOException {
        Map<String, ScopeLogs.Builder> byService = new TreeMap<>();
        try (Requests out = new Requests("logs")) {
            rows("logs", row -> {
                String trace = row.getField("trace");
                byService
                        .computeIfAbsent(row.getField("service"), s -> ScopeLogs.newBuilder())
                        .addLogRecords(LogRecord.newBuilder()
                                .setTimeUnixNano(nanos(row.getField("time_us")))
                                .setSeverityText(row.getField("level"))
                                .setBody(AnyValue.newBuilder().setStringValue(row.getField("message")))
                                .addAttributes(text("code.location", row.getField("source")))
                                .setTraceId(id(16, trace))
                                .setSpanId(id(8, trace, row.getField("span"))));
                if (++logs % BATCH == 0) {
                    out.write(logRequest(byService));
                }
            });
            out.write(logRequest(byService));
        }
        deleteIfEmpty("logs");
    }

    private static ExportLogsServiceRequest logRequest(Map<String, ScopeLogs.Builder> byService) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        byService.forEach((service, records) -> request.addResourceLogs(
                ResourceLogs.newBuilder().setResource(resource(service)).addScopeLogs(records)));
        byService.clear();
        return request.build();
    }

    /** Half of the cases have no logs. */
    private void deleteIfEmpty(String name) throws IOException {
        Path file = to.resolve(name + ".binpb");
        if (Files.size(file) == 0) {
            Files.delete(file);
        }
    }

    // ---- metrics ----

    /** A value of {@code nan} is a minute without one. */
    private void metrics() throws IOException {
        Map<String, Map<String, Gauge.Builder>> byService = new TreeMap<>();
        try (Requests out = new Requests("metrics")) {
            rows("metrics", row -> {
                if (row.getField("value").equals("nan")) {
                    return;
                }
                String entity = row.getField("entity");
                int edge = entity.indexOf('>');
                NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                        .setTimeUnixNano(endOfMinute(row.getField("minute_utc")))
                        .setAsDouble(Double.parseDouble(row.getField("value")));
                if (edge > 0) {
                    point.addAttributes(text("client.service", entity.substring(0, edge)));
                    point.addAttributes(text("server.service", entity.substring(edge + 1)));
                }
                byService
                        .computeIfAbsent(entity.substring(edge + 1), s -> new TreeMap<>())
                        .computeIfAbsent(row.getField("metric"), m -> Gauge.newBuilder())
                        .addDataPoints(point);
                if (++points % BATCH == 0) {
                    out.write(metricRequest(byService));
                }
            });
            out.write(metricRequest(byService));
        }
        deleteIfEmpty("metrics");
    }

    private long endOfMinute(String minute) {
        return (day.atTime(LocalTime.parse(minute)).toEpochSecond(ZoneOffset.UTC) + 60) * 1_000_000_000;
    }

    private static ExportMetricsServiceRequest metricRequest(Map<String, Map<String, Gauge.Builder>> byService) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        byService.forEach((service, gauges) -> {
            ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
            gauges.forEach(
                    (name, gauge) -> scope.addMetrics(Metric.newBuilder().setName(name).setGauge(gauge)));
            request.addResourceMetrics(
                    ResourceMetrics.newBuilder().setResource(resource(service)).addScopeMetrics(scope));
        });
        byService.clear();
        return request.build();
    }
}
