package io.dettrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dettrace.event.Field;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What OpenTelemetry's own exporters send arrives as it was sent. */
class SdkExportTest {
    private static final Resource RESOURCE = Resource.create(Attributes.of(
            AttributeKey.stringKey("service.name"),
            "shop",
            AttributeKey.stringKey("service.instance.id"),
            "shop-1",
            AttributeKey.stringKey("service.version"),
            "1.2"));

    private static final RetryPolicy RETRY = RetryPolicy.builder()
            .setMaxAttempts(4)
            .setInitialBackoff(Duration.ofMillis(5))
            .setMaxBackoff(Duration.ofMillis(10))
            .build();

    private final Recorded recorded = new Recorded();
    private OtlpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OtlpServer("localhost", List.of(0, 0), ReceiverLimits.DEFAULT, recorded);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String grpc() {
        return "http://localhost:" + server.ports().get(0);
    }

    private String http() {
        return "http://localhost:" + server.ports().get(1);
    }

    @Test
    void spansArriveOverGrpcAsTheyWereSent() {
        sendsSpans(OtlpGrpcSpanExporter.builder().setEndpoint(grpc()).build(), 1);
    }

    @Test
    void spansArriveOverGrpcCompressed() {
        sendsSpans(
                OtlpGrpcSpanExporter.builder()
                        .setEndpoint(grpc())
                        .setCompression("gzip")
                        .build(),
                1);
    }

    @Test
    void spansArriveOverHttpAsTheyWereSent() {
        sendsSpans(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(http() + "/v1/traces")
                        .build(),
                1);
    }

    @Test
    void spansArriveOverHttpCompressed() {
        sendsSpans(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(http() + "/v1/traces")
                        .setCompression("gzip")
                        .build(),
                1);
    }

    @Test
    void eachPortTakesBothProtocols() {
        sendsSpans(OtlpGrpcSpanExporter.builder().setEndpoint(http()).build(), 1);
        recorded.spans.clear();
        sendsSpans(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(grpc() + "/v1/traces")
                        .build(),
                1);
    }

    @Test
    void manyBatchesArriveWithoutLoss() {
        sendsSpans(OtlpGrpcSpanExporter.builder().setEndpoint(grpc()).build(), 3000);
    }

    @Test
    void aGrpcClientTriesAgainAfterOverload() {
        recorded.refuse.set(2);
        sendsSpans(
                OtlpGrpcSpanExporter.builder()
                        .setEndpoint(grpc())
                        .setRetryPolicy(RETRY)
                        .build(),
                1);
        assertThat(recorded.sizes).hasSize(3);
    }

    @Test
    void anHttpClientTriesAgainWhenTheServerWasStopping() {
        recorded.refusal = Receiver.State.STOPPING;
        recorded.refuse.set(1);
        sendsSpans(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(http() + "/v1/traces")
                        .setRetryPolicy(RETRY)
                        .build(),
                1);
        assertThat(recorded.sizes).hasSize(2);
    }

    private void sendsSpans(SpanExporter exporter, int times) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(RESOURCE)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(10_000)
                        .setScheduleDelay(Duration.ofSeconds(30))
                        .build())
                .build();
        Tracer tracer = provider.get("test");
        Span parent = null;
        Span child = null;
        for (int i = 0; i < times; i++) {
            parent = tracer.spanBuilder("GET /cart")
                    .setSpanKind(io.opentelemetry.api.trace.SpanKind.SERVER)
                    .setAttribute("http.response.status_code", 500)
                    .startSpan();
            child = tracer.spanBuilder("SELECT")
                    .setSpanKind(io.opentelemetry.api.trace.SpanKind.CLIENT)
                    .setParent(Context.root().with(parent))
                    .setAttribute("db.namespace", "carts")
                    .startSpan();
            child.recordException(new IllegalStateException("no connection"));
            child.setStatus(StatusCode.ERROR, "no connection");
            child.end();
            parent.end();
        }
        provider.shutdown().join(20, TimeUnit.SECONDS);

        assertThat(recorded.spans).hasSize(2 * times);
        TelemetrySpan select = recorded.spans.get(2 * times - 2);
        TelemetrySpan get = recorded.spans.get(2 * times - 1);
        assertThat(select.name()).isEqualTo("SELECT");
        assertThat(select.kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(String.format("%016x%016x", select.traceHigh(), select.traceLow()))
                .isEqualTo(child.getSpanContext().getTraceId());
        assertThat(String.format("%016x", select.id()))
                .isEqualTo(child.getSpanContext().getSpanId());
        assertThat(select.parent()).isEqualTo(get.id());
        assertThat(select.error()).isTrue();
        assertThat(select.status()).isEqualTo("no connection");
        assertThat(select.attributes()).contains(new Field("db.namespace", Field.Type.STRING, "carts"));
        assertThat(select.events()).singleElement().satisfies(e -> {
            assertThat(e.name()).isEqualTo("exception");
            assertThat(e.attributes())
                    .contains(new Field("exception.type", Field.Type.STRING, "java.lang.IllegalStateException"));
        });
        assertThat(get.kind()).isEqualTo(SpanKind.SERVER);
        assertThat(get.parent()).isZero();
        assertThat(get.start()).isLessThanOrEqualTo(select.start());
        assertThat(get.resource().service()).isEqualTo("shop");
        assertThat(get.resource().instance()).isEqualTo("shop-1");
        assertThat(get.resource().version()).isEqualTo("1.2");
    }

    @Test
    void logRecordsArriveOverBothProtocols() {
        sendsLog(OtlpGrpcLogRecordExporter.builder().setEndpoint(grpc()).build());
        recorded.logs.clear();
        sendsLog(OtlpHttpLogRecordExporter.builder()
                .setEndpoint(http() + "/v1/logs")
                .build());
    }

    private void sendsLog(LogRecordExporter exporter) {
        SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(RESOURCE)
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                .build();
        provider.get("test")
                .logRecordBuilder()
                .setSeverity(Severity.ERROR)
                .setBody("pool is empty")
                .emit();
        provider.shutdown().join(20, TimeUnit.SECONDS);

        assertThat(recorded.logs).hasSize(1);
        TelemetryLog log = recorded.logs.get(0);
        assertThat(log.severity()).isEqualTo("ERROR");
        assertThat(log.body()).isEqualTo("pool is empty");
        assertThat(log.resource().service()).isEqualTo("shop");
    }

    @Test
    void metricsArriveOverGrpc() {
        SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(RESOURCE)
                .registerMetricReader(PeriodicMetricReader.builder(OtlpGrpcMetricExporter.builder()
                                .setEndpoint(grpc())
                                .build())
                        .setInterval(Duration.ofMinutes(5))
                        .build())
                .build();
        provider.get("test").gaugeBuilder("pool.usage").setUnit("1").buildWithCallback(m -> m.record(0.75));
        provider.shutdown().join(20, TimeUnit.SECONDS);

        assertThat(recorded.metrics)
                .extracting(TelemetryMetric::name, TelemetryMetric::value)
                .contains(tuple("pool.usage", 0.75));
    }
}
