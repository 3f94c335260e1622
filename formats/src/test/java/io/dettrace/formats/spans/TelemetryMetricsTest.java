package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.dettrace.formats.DetTrace;
import io.dettrace.telemetry.TelemetryMetric;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics that OpenTelemetry's own classes wrote, in protobuf and as the JSON of the same messages. */
class TelemetryMetricsTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ExportMetricsServiceRequest request(String service, Metric... metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
                .build();
    }

    private static NumberDataPoint number(long second, double value) {
        return NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(START)
                .setTimeUnixNano(START + second * SECOND)
                .setAsDouble(value)
                .build();
    }

    private static Metric sum(AggregationTemporality temporality, boolean monotonic, NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName("requests")
                .setUnit("{request}")
                .setSum(Sum.newBuilder()
                        .setAggregationTemporality(temporality)
                        .setIsMonotonic(monotonic)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    /** The message as the JSON that OTLP asks for: identifiers in hexadecimal, enumerations and long numbers as such. */
    private static String json(Message message) {
        StringBuilder out = new StringBuilder("{");
        for (var field : message.getAllFields().entrySet()) {
            FieldDescriptor of = field.getKey();
            out.append(out.length() == 1 ? "" : ",")
                    .append('"')
                    .append(of.getJsonName())
                    .append("\":");
            if (of.isRepeated()) {
                List<String> all = new ArrayList<>();
                ((List<?>) field.getValue()).forEach(v -> all.add(value(v)));
                out.append(all);
            } else {
                out.append(value(field.getValue()));
            }
        }
        return out.append('}').toString();
    }

    private static String value(Object value) {
        if (value instanceof Message m) {
            return json(m);
        }
        if (value instanceof EnumValueDescriptor e) {
            return Integer.toString(e.getNumber());
        }
        if (value instanceof ByteString b) {
            return '"' + Base64.getEncoder().encodeToString(b.toByteArray()) + '"';
        }
        boolean plain =
                value instanceof Boolean || value instanceof Integer || value instanceof Double d && Double.isFinite(d);
        return plain ? value.toString() : '"' + value.toString() + '"';
    }

    /** What both encodings give, from files that hold metrics alone. */
    private List<TelemetryMetric> points(ExportMetricsServiceRequest... requests) throws IOException {
        StringBuilder text = new StringBuilder();
        var framed = new java.io.ByteArrayOutputStream();
        for (ExportMetricsServiceRequest request : requests) {
            text.append(json(request)).append('\n');
            framed.writeBytes(
                    ByteBuffer.allocate(4).putInt(request.getSerializedSize()).array());
            framed.writeBytes(request.toByteArray());
        }
        Collected proto = Collected.of(Files.write(folder.resolve("metrics.binpb"), framed.toByteArray()));
        Collected json = Collected.of(Files.writeString(folder.resolve("metrics.jsonl"), text));
        assertThat(json.points).containsExactlyElementsOf(proto.points);
        assertThat(json.codes()).isEqualTo(proto.codes());
        return proto.points;
    }

    private static void values(List<TelemetryMetric> points, double... expected) {
        assertThat(points)
                .extracting(TelemetryMetric::value)
                .containsExactly(java.util.Arrays.stream(expected).boxed().toArray(Double[]::new));
    }

    @Test
    void aGaugeIsItsValue() throws Exception {
        Metric gauge = Metric.newBuilder()
                .setName("process.cpu.utilization")
                .setDescription("8 bytes.")
                .setUnit("1")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(number(1, 0.25).toBuilder().addAttributes(attribute("cpu", "0")))
                        .addDataPoints(number(2, 0).toBuilder().setAsInt(-3))
                        .addDataPoints(number(3, 9).toBuilder().setFlags(1))
                        .addDataPoints(number(4, Double.NaN)))
                .build();
        List<TelemetryMetric> points = points(request("shop", gauge));
        values(points, 0.25, -3.0);
        assertThat(points.get(0).resource().service()).isEqualTo("shop");
        assertThat(points.get(0).name()).isEqualTo("process.cpu.utilization");
        assertThat(points.get(0).unit()).isEqualTo("1");
        assertThat(points.get(0).time()).isEqualTo(START + SECOND);
        assertThat(points.get(0).attributes()).containsExactly(AttributeText.string("cpu", "0"));
    }

    @Test
    void aSumIsARatePerSecondAndARestartBeginsAtZero() throws Exception {
        var cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        NumberDataPoint restarted = number(25, 10).toBuilder()
                .setStartTimeUnixNano(START + 20 * SECOND)
                .build();
        List<TelemetryMetric> points = points(
                request("shop", sum(cumulative, true, number(0, 100))),
                request("shop", sum(cumulative, true, number(10, 150))),
                request("other", sum(cumulative, true, number(10, 7))),
                request("shop", sum(cumulative, true, restarted)),
                request("shop", sum(cumulative, true, restarted)),
                request("other", sum(cumulative, true, number(20, 5))));
        values(points, 5.0, 2.0, 0.5);
        assertThat(points).extracting(p -> p.resource().service()).containsExactly("shop", "shop", "other");
        values(
                points(request(
                        "shop",
                        sum(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA, true, number(4, 12), number(8, 16)))),
                3.0,
                2.0);
    }

    @Test
    void aSumThatMayFallIsItsValue() throws Exception {
        var cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        values(points(request("shop", sum(cumulative, false, number(0, 100), number(10, 40)))), 100.0, 40.0);
    }

    private static Metric histogram(AggregationTemporality temporality, long second, long count, double sum) {
        return Metric.newBuilder()
                .setName("duration")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(temporality)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setStartTimeUnixNano(START)
                                .setTimeUnixNano(START + second * SECOND)
                                .setCount(count)
                                .setSum(sum)
                                .addBucketCounts(count)
                                .addAttributes(attribute("route", "/"))))
                .build();
    }

    @Test
    void aDistributionIsTheMeanOfItsInterval() throws Exception {
        var cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        var delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        values(points(request("shop", histogram(delta, 5, 4, 10), histogram(delta, 9, 0, 0))), 2.5);
        values(
                points(request(
                        "shop",
                        histogram(cumulative, 5, 4, 10),
                        histogram(cumulative, 6, 6, 20),
                        histogram(cumulative, 7, 6, 20),
                        histogram(cumulative, 8, 2, 3))),
                5.0,
                1.5);
        Metric exponential = Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(delta)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setTimeUnixNano(START)
                                .setScale(3)
                                .setCount(2)
                                .setSum(9)
                                .addAttributes(attribute("a", "b"))))
                .build();
        Metric.Builder summary = Metric.newBuilder().setName("s");
        for (int i = 1; i <= 2; i++) {
            summary.getSummaryBuilder()
                    .addDataPoints(SummaryDataPoint.newBuilder()
                            .setTimeUnixNano(START + i * SECOND)
                            .setCount(2L * i)
                            .setSum(10L * i * i));
        }
        values(points(request("shop", exponential, summary.build())), 4.5, 15.0);
    }

    /** Names and descriptions as long as a span's identifiers are no spans. */
    @Test
    void metricsOfAnyKindAreToldFromSpansByTheirContent() throws Exception {
        for (int length : List.of(1, 8, 16, 127, 128, 200, 255)) {
            for (int shape = 0; shape < 8; shape++) {
                Metric.Builder metric = Metric.newBuilder()
                        .setName("a" + "b".repeat(length - 1))
                        .setDescription(shape < 4 ? "" : "12345678");
                addPoint(metric, shape % 4, new Random(length), length);
                ExportMetricsServiceRequest request = request("shop", metric.build());
                values(points(request), length);
                Path bare = Files.write(folder.resolve("bare"), request.toByteArray());
                values(Collected.of(bare).points, length);
            }
        }
    }

    @Test
    void metricsAreNoEventsAndAreSaidToBeLeftOutBesideThem() throws Exception {
        Path file = folder.resolve("both.jsonl");
        String spans = new Shop("463ac35c9f6413ad48485a3953bb6124")
                .span("shop", "a1", "", "get", 0, 5)
                .text();
        Metric gauge = Metric.newBuilder()
                .setName("g")
                .setGauge(Gauge.newBuilder().addDataPoints(number(1, 2)))
                .build();
        Files.writeString(file, spans + json(request("shop", gauge)) + "\n");
        Shop.Read events = Shop.read(new OtlpJsonFormat(), false, file);
        assertThat(events.events()).hasSize(2);
        assertThat(events.notes()).containsOnlyKeys("metrics_left_out");
        Collected all = Collected.of(file);
        assertThat(all.spans).hasSize(1);
        values(all.points, 2.0);
        assertThat(DetTrace.compare(file, file).sentence()).isEmpty();
    }

    @Test
    void aServerWorksOutRatesAcrossRequests() throws Exception {
        var cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        Collected all = new Collected();
        OtlpTelemetry telemetry = new OtlpTelemetry(all);
        for (int i = 0; i < 3; i++) {
            byte[] request =
                    request("shop", sum(cumulative, true, number(i, 7.0 * i))).toByteArray();
            assertThat(telemetry
                            .decode(request, Signal.METRICS, OtlpTelemetry.Encoding.PROTOBUF)
                            .taken())
                    .isEqualTo(1);
        }
        values(all.points, 7.0, 7.0);
    }

    private static List<KeyValue> attributes(Random random) {
        List<KeyValue> some = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(attribute("k" + i, "v" + random.nextInt(9)));
        }
        return some;
    }

    private static void addPoint(Metric.Builder metric, int shape, Random random, double value) {
        long time = START + random.nextInt(1_000) * SECOND;
        var delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        HistogramDataPoint.Builder distribution = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(time)
                .setCount(2)
                .setSum(2 * value)
                .addAllExplicitBounds(List.of(1.0, 2.0))
                .addAllBucketCounts(List.of(0L, 1L, 1L))
                .setMin(value)
                .addAllAttributes(attributes(random));
        NumberDataPoint.Builder number = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(time - SECOND)
                .setTimeUnixNano(time)
                .setAsDouble(value)
                .addAllAttributes(attributes(random));
        switch (shape) {
            case 0 -> metric.getGaugeBuilder().addDataPoints(number);
            case 1 -> metric.getSumBuilder().setAggregationTemporality(delta).addDataPoints(number);
            case 2 ->
                metric.getHistogramBuilder().setAggregationTemporality(delta).addDataPoints(distribution);
            default ->
                metric.getExponentialHistogramBuilder()
                        .setAggregationTemporality(delta)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .addAllAttributes(attributes(random))
                                .setTimeUnixNano(time)
                                .setCount(2)
                                .setSum(2 * value)
                                .setScale(-1)
                                .setZeroCount(1)
                                .setMax(value));
        }
    }

    @Test
    void anyMetricsThatTheLibraryWritesAreReadPointForPoint() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<Double> expected = new ArrayList<>();
            List<Metric> metrics = new ArrayList<>();
            for (int m = 0; m <= random.nextInt(6); m++) {
                Metric.Builder metric = Metric.newBuilder().setName("m" + m).setUnit("s");
                int shape = random.nextInt(4);
                for (int p = 0; p <= random.nextInt(4); p++) {
                    expected.add((double) random.nextInt(1_000));
                    addPoint(metric, shape, random, expected.get(expected.size() - 1));
                }
                metrics.add(metric.build());
            }
            List<TelemetryMetric> points = points(request("shop", metrics.toArray(Metric[]::new)));
            assertThat(points)
                    .as("seed " + seed)
                    .extracting(TelemetryMetric::value)
                    .containsExactlyElementsOf(expected);
            assertThat(points).allMatch(p -> p.unit().equals("s") && p.time() >= START);
        }
    }
}
