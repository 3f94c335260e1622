package io.dettrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Status codes, partial success and limits of OTLP/HTTP. */
class OtlpAnswersTest {
    private static final int LIMIT = 4000;
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final Recorded recorded = new Recorded();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private OtlpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OtlpServer("localhost", List.of(0), new ReceiverLimits(LIMIT, 10 * LIMIT, 100), recorded);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) throws Exception {
        return post(server, path, type, body, headers);
    }

    private HttpResponse<byte[]> post(OtlpServer to, String path, String type, byte[] body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + to.ports().get(0) + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** A request of so many bytes, with one span. */
    private static byte[] request(int size) {
        int padding = 0;
        while (true) {
            byte[] bytes = ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(ResourceSpans.newBuilder()
                            .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(1, "x".repeat(padding)))))
                    .build()
                    .toByteArray();
            if (bytes.length >= size) {
                assertThat(bytes).hasSize(size);
                return bytes;
            }
            padding += Math.max(1, size - bytes.length - 16);
        }
    }

    private static Span span(int id, String name) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
                .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) id}))
                .setStartTimeUnixNano(1_000_000_000L)
                .setEndTimeUnixNano(2_000_000_000L)
                .setName(name)
                .build();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aRequestAtTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
        assertThat(post("/v1/traces", PROTOBUF, request(LIMIT)).statusCode()).isEqualTo(200);
        assertThat(post("/v1/traces", PROTOBUF, request(LIMIT + 1)).statusCode())
                .isEqualTo(413);
        assertThat(recorded.spans).hasSize(1);
        assertThat(recorded.tooLarge).hasValue(1);
    }

    @Test
    void theLimitCountsDecompressedBytes() throws Exception {
        assertThat(post("/v1/traces", PROTOBUF, gzip(request(LIMIT)), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/v1/traces", PROTOBUF, gzip(request(LIMIT + 1)), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("/v1/traces", PROTOBUF, gzip(new byte[100 * LIMIT]), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(413);
        assertThat(recorded.sizes).containsExactly(LIMIT);
    }

    @Test
    void whatIsNoOtlpIsRefusedForGood() throws Exception {
        assertThat(post("/v1/traces", PROTOBUF, new byte[] {(byte) 0xff, 1}).statusCode())
                .isEqualTo(400);
        HttpResponse<byte[]> json = post("/v1/traces", JSON, "[]".getBytes(StandardCharsets.UTF_8));
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(text(json)).contains("\"code\":3", "\"message\":");
        assertThat(post("/v1/traces", PROTOBUF, new byte[] {1}, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void typesAndCompressionsThatAreNotUnderstoodAreNamed() throws Exception {
        assertThat(post("/v1/traces", "text/plain", new byte[0]).statusCode()).isEqualTo(415);
        HttpResponse<byte[]> brotli = post("/v1/traces", PROTOBUF, request(200), "Content-Encoding", "br");
        assertThat(brotli.statusCode()).isEqualTo(415);
        assertThat(text(brotli)).contains("found br");
    }

    @Test
    void anEmptyRequestIsTaken() throws Exception {
        HttpResponse<byte[]> answer = post("/v1/traces", PROTOBUF, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess())
                .isFalse();
    }

    @Test
    void overloadSaysWhenToTryAgain() throws Exception {
        recorded.refuse.set(1);
        HttpResponse<byte[]> answer = post("/v1/traces", PROTOBUF, request(200));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
        assertThat(post("/v1/traces", PROTOBUF, request(200)).statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatIsStoppingSaysWhenToTryAgain() throws Exception {
        recorded.refuse.set(1);
        recorded.refusal = Receiver.State.STOPPING;
        HttpResponse<byte[]> answer = post("/v1/traces", PROTOBUF, request(200));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
    }

    @Test
    void tooMuchUnderWayIsShedAndCounted() throws Exception {
        try (OtlpServer small = new OtlpServer("localhost", List.of(0), new ReceiverLimits(LIMIT, 1000, 9), recorded)) {
            assertThat(post(small, "/v1/traces", PROTOBUF, request(1001)).statusCode())
                    .isEqualTo(429);
            assertThat(recorded.shed).hasValue(1);
        }
    }

    @Test
    void partialSuccessCountsWhatWasLeftOut() throws Exception {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(span(1, "good"))
                                .addSpans(span(0, "without an identifier"))))
                .build();
        HttpResponse<byte[]> answer = post("/v1/traces", PROTOBUF, request.toByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.body());
        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("identifier");

        String json =
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\","
                        + "\"spanId\":\"0000000000000000\",\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"2\"}]}]}]}";
        assertThat(text(post("/v1/traces", JSON, json.getBytes(StandardCharsets.UTF_8))))
                .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"");
        assertThat(recorded.spans).hasSize(1);
    }

    @Test
    void pathsAndMethodsThatAreNotThereAreNamed() throws Exception {
        assertThat(post("/v1/profiles", PROTOBUF, new byte[0]).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> answer = post("/status", JSON, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET");
    }

    @Test
    void theBaselineIsForgottenOnlyForWhoCannotBeAnotherSitesPage() throws Exception {
        post("/v1/traces", PROTOBUF, request(200));
        assertThat(post("/baseline/forget", "text/plain", new byte[0]).statusCode())
                .isEqualTo(415);
        assertThat(recorded.spans).hasSize(1);
        assertThat(post("/baseline/forget", JSON, new byte[0]).statusCode()).isEqualTo(200);
        assertThat(recorded.spans).isEmpty();
    }

    @Test
    void grpcWithoutHttp2IsToldSo() throws Exception {
        assertThat(post("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", new byte[5])
                        .statusCode())
                .isEqualTo(505);
    }

    @Test
    void aPortInUseIsNamed() {
        int taken = server.ports().get(0);
        assertThatThrownBy(() -> new OtlpServer("localhost", List.of(taken), ReceiverLimits.DEFAULT, recorded))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ports [" + taken + "]");
    }
}
