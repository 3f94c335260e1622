package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Export requests as a server gets them. */
class TelemetryRequestTest {
    private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";

    private final Collected all = new Collected();
    private final OtlpTelemetry telemetry = new OtlpTelemetry(all);

    private static Span.Builder span(String id) {
        return Span.newBuilder()
                .setTraceId(ByteString.fromHex(TRACE))
                .setSpanId(ByteString.fromHex(id))
                .setName("s")
                .setStartTimeUnixNano(5)
                .setEndTimeUnixNano(9);
    }

    private static byte[] request(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private OtlpTelemetry.Decoded json(String text) throws MalformedRequestException {
        return telemetry.decode(
                text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Signal.TRACES, OtlpTelemetry.Encoding.JSON);
    }

    private OtlpTelemetry.Decoded proto(byte[] request) throws MalformedRequestException {
        return telemetry.decode(request, Signal.TRACES, OtlpTelemetry.Encoding.PROTOBUF);
    }

    @Test
    void whatIsWrongWithSomeIsCountedAndTheOthersAreTaken() throws Exception {
        Span.Builder wrong = span("0000000000000002").setSpanId(ByteString.fromHex("0102"));
        OtlpTelemetry.Decoded decoded = proto(request(span("0000000000000001"), wrong, span("0000000000000003")));
        assertThat(decoded.taken()).isEqualTo(2);
        assertThat(decoded.refused()).isEqualTo(1);
        assertThat(decoded.reason()).isEqualTo("span_id of 2 bytes, expected 8");
        assertThat(all.spans).hasSize(2);
    }

    @Test
    void theBytesOfARequestStayAsTheyAre() throws Exception {
        byte[] request = request(span("0000000000000001"), span("0000000000000002"));
        byte[] before = request.clone();
        proto(request);
        assertThat(request).isEqualTo(before);
    }

    @Test
    void anEmptyRequestHoldsNothing() throws Exception {
        assertThat(proto(new byte[0])).isEqualTo(new OtlpTelemetry.Decoded(0, 0, ""));
        assertThat(json("{}")).isEqualTo(new OtlpTelemetry.Decoded(0, 0, ""));
    }

    @Test
    void aRequestCutAnywhereIsMalformedOrHoldsLess() throws Exception {
        byte[] request = request(span("0000000000000001"), span("0000000000000002"));
        for (int length = 1; length < request.length; length++) {
            byte[] cut = Arrays.copyOf(request, length);
            assertThatThrownBy(() -> proto(cut))
                    .as("of " + length + " bytes")
                    .isInstanceOf(MalformedRequestException.class)
                    .hasMessageContaining("no whole OTLP message");
        }
    }

    @Test
    void aMalformedTextSaysWhereAndWhat() throws Exception {
        assertThatThrownBy(() -> json("{'resourceSpans':[{'scopeSpans':[{]}]}"))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessageContaining("request:1:")
                .hasMessageNotContaining("--lenient");
        assertThatThrownBy(() -> json("[]")).hasMessageContaining("expected an object with \"resourceSpans\"");
        assertThatThrownBy(() -> json("{} {}")).hasMessageContaining("expected the end");
        assertThatThrownBy(() -> json("")).hasMessageContaining("found nothing");
    }

    @Test
    void onlyTheEndpointsOwnSignalIsTaken() throws Exception {
        String logs =
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'timeUnixNano':'5','body':{'stringValue':'x'}}]}]}]}";
        assertThat(json(logs).taken()).isZero();
        assertThat(telemetry
                        .decode(
                                logs.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                                Signal.LOGS,
                                OtlpTelemetry.Encoding.JSON)
                        .taken())
                .isEqualTo(1);
    }

    @Test
    void equalResourcesOfSeveralRequestsAreOneObject() throws Exception {
        proto(request(span("0000000000000001")));
        proto(request(span("0000000000000002")));
        assertThat(all.spans.get(0).resource()).isSameAs(all.spans.get(1).resource());
    }
}
