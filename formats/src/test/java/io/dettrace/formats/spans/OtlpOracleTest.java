package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.dettrace.event.Field;
import io.dettrace.formats.DetTrace;
import io.dettrace.report.Explanation;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the OpenTelemetry SDK, and OpenTelemetry's own protobuf classes, against the readers. */
class OtlpOracleTest {
    @TempDir
    Path folder;

    private static List<Span> spans(byte[] framed) throws IOException {
        List<Span> spans = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(framed))) {
            while (in.available() > 0) {
                ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(in.readNBytes(in.readInt()));
                request.getResourceSpansList()
                        .forEach(r -> r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList())));
            }
        }
        return spans;
    }

    private static Optional<List<Field>> find(List<List<Field>> events, String record, Span span) {
        String id = HexFormat.of().formatHex(span.getSpanId().toByteArray());
        return events.stream()
                .filter(e -> Shop.value(e, "record").equals(Optional.of(record))
                        && Shop.value(e, "span_id").equals(Optional.of(id)))
                .findFirst();
    }

    @Test
    void everySpanOfTheSdkIsAStartAndAnEndWithItsContents() throws Exception {
        List<Span> spans = spans(Resources.bytes("otlp/proto/bad/traces.binpb"));
        Shop.Read read = Shop.read(new OtlpProtoFormat(), false, Resources.path("otlp/proto/bad/traces.binpb"));
        int events = spans.stream().mapToInt(Span::getEventsCount).sum();
        assertThat(spans).hasSizeGreaterThan(40);
        assertThat(events).isPositive();
        assertThat(read.events()).hasSize(2 * spans.size() + events);
        assertThat(read.notes()).isEmpty();
        for (Span span : spans) {
            List<Field> start = find(read.events(), "start", span).orElseThrow();
            List<Field> end = find(read.events(), "end", span).orElseThrow();
            assertThat(Shop.value(start, "time_ns")).contains(Long.toString(span.getStartTimeUnixNano()));
            assertThat(Shop.value(end, "time_ns")).contains(Long.toString(span.getEndTimeUnixNano()));
            assertThat(Shop.value(start, "name")).contains(span.getName());
            boolean failed = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
            assertThat(Shop.value(end, "status")).contains(failed ? "error" : "ok");
            for (KeyValue a : span.getAttributesList()) {
                String text = a.getValue().hasStringValue()
                        ? a.getValue().getStringValue()
                        : Long.toString(a.getValue().getIntValue());
                assertThat(Shop.value(start, "attributes." + a.getKey())).contains(text);
            }
        }
    }

    @Test
    void protobufAndJsonOfOneRunAreTheSameEvents() throws Exception {
        for (String run : List.of("good1", "good2", "bad")) {
            for (String what : List.of("traces", "logs")) {
                Path proto = Resources.path("otlp/proto/" + run + "/" + what + ".binpb");
                Path json = Resources.path("otlp/json/" + run + "/" + what + ".jsonl");
                Shop.Read a = Shop.read(new OtlpProtoFormat(), false, proto);
                Shop.Read b = Shop.read(new OtlpJsonFormat(), false, json);
                assertThat(b.events()).as(run + " " + what).containsExactlyElementsOf(a.events());
                assertThat(a.events()).isNotEmpty();
            }
        }
    }

    @Test
    void twoGoodRunsAreEquivalentAndTheBadOnesRootIsTheLeafThatFailed() throws Exception {
        for (String file : List.of("json/%s", "proto/%s/traces.binpb")) {
            Path good = Resources.path("otlp/" + file.formatted("good1"));
            assertThat(DetTrace.compare(good, Resources.path("otlp/" + file.formatted("good2")))
                            .sentence())
                    .as(file)
                    .isEmpty();
            Explanation bad = DetTrace.compare(good, Resources.path("otlp/" + file.formatted("bad")));
            assertThat(bad.sentence().orElseThrow()).contains("exception in charge card (payment) was not expected");
            assertThat(bad.comparison().roots()).hasSize(1);
        }
    }

    /** The consumer names the message's sender in a link only; both encodings say it. */
    @Test
    void aSpanComesAfterTheStartsOfTheSpansThatItLinksTo() throws Exception {
        ByteString trace = id(new Random(1), 16);
        ByteString sent = id(new Random(2), 8);
        ByteString polled = id(new Random(3), 8);
        Span.Builder send = Span.newBuilder().setTraceId(trace).setSpanId(sent).setName("send");
        Span.Builder poll =
                Span.newBuilder().setTraceId(trace).setSpanId(polled).setName("poll");
        poll.addLinks(Span.Link.newBuilder().setTraceId(trace).setSpanId(sent));
        send.setStartTimeUnixNano(1_000).setEndTimeUnixNano(9_000);
        poll.setStartTimeUnixNano(2_000).setEndTimeUnixNano(3_000);
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(send).addSpans(poll)))
                .build();
        HexFormat hex = HexFormat.of();
        String json = "{'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'TRACE','spanId':'SENT','name':'send',"
                + "'startTimeUnixNano':1000,'endTimeUnixNano':9000},{'traceId':'TRACE','spanId':'POLLED','name':'poll',"
                + "'startTimeUnixNano':2000,'endTimeUnixNano':3000,'links':[{'traceId':'TRACE','spanId':'SENT'}]}]}]}]}";
        String text = json.replace('\'', '"')
                .replace("TRACE", hex.formatHex(trace.toByteArray()))
                .replace("SENT", hex.formatHex(sent.toByteArray()))
                .replace("POLLED", hex.formatHex(polled.toByteArray()));
        Path proto = Files.write(folder.resolve("links.binpb"), request.toByteArray());
        for (Shop.Read read : List.of(
                Shop.read(new OtlpProtoFormat(), false, proto), Shop.read(new OtlpJsonFormat(), folder, text))) {
            List<Field> from = find(read.events(), "start", send.build()).orElseThrow();
            List<Field> to = find(read.events(), "start", poll.build()).orElseThrow();
            String cause = Shop.value(from, SpanMapping.ID).orElseThrow();
            assertThat(Shop.value(to, SpanMapping.AFTER).orElse("")).contains("\"" + cause + "\"");
        }
    }

    private static AnyValue any(Random random, int depth) {
        AnyValue.Builder b = AnyValue.newBuilder();
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> b.setStringValue("é\"\\\n" + random.nextInt(9)).build();
            case 1 -> b.setIntValue(random.nextLong()).build();
            case 2 -> b.setDoubleValue(random.nextGaussian()).build();
            case 3 -> b.setBoolValue(random.nextBoolean()).build();
            case 4 ->
                b.setBytesValue(ByteString.copyFrom(new byte[] {1, (byte) random.nextInt()}))
                        .build();
            case 5 ->
                b.setArrayValue(ArrayValue.newBuilder()
                                .addValues(any(random, depth + 1))
                                .addValues(any(random, depth + 1)))
                        .build();
            default ->
                b.setKvlistValue(KeyValueList.newBuilder()
                                .addValues(KeyValue.newBuilder().setKey("k").setValue(any(random, depth + 1))))
                        .build();
        };
    }

    private static ByteString id(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    @Test
    void anyMessageThatTheLibraryWritesIsReadSpanForSpan() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            int spans = 0;
            for (int r = 0; r <= random.nextInt(3); r++) {
                ScopeSpans.Builder scope = ScopeSpans.newBuilder();
                for (int s = 0; s <= random.nextInt(5); s++) {
                    long start = 1_700_000_000_000_000_000L + random.nextInt(1_000_000);
                    Span.Builder span = Span.newBuilder()
                            .setTraceId(id(random, 16))
                            .setSpanId(id(random, 8))
                            .setName("s" + s)
                            .setFlags(257)
                            .setStartTimeUnixNano(start)
                            .setEndTimeUnixNano(start + random.nextInt(1_000));
                    for (int a = 0; a < random.nextInt(6); a++) {
                        span.addAttributes(KeyValue.newBuilder().setKey("a" + a).setValue(any(random, 0)));
                    }
                    spans++;
                    scope.addSpans(span);
                }
                request.addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope));
            }
            Path file = Files.write(folder.resolve("r.binpb"), request.build().toByteArray());
            Shop.Read read = Shop.read(new OtlpProtoFormat(), false, file);
            assertThat(read.events()).as("seed " + seed).hasSize(2 * spans);
            assertThat(read.notes()).isEmpty();
            for (ResourceSpans r : request.getResourceSpansList()) {
                for (Span span : r.getScopeSpans(0).getSpansList()) {
                    List<Field> start = find(read.events(), "start", span).orElseThrow();
                    for (KeyValue a : span.getAttributesList()) {
                        Optional<String> text = Shop.value(start, "attributes." + a.getKey());
                        assertThat(text).isPresent();
                        if (a.getValue().hasIntValue()) {
                            assertThat(text).contains(Long.toString(a.getValue().getIntValue()));
                        } else if (a.getValue().hasStringValue()) {
                            assertThat(text).contains(a.getValue().getStringValue());
                        } else if (a.getValue().hasDoubleValue()) {
                            assertThat(Double.parseDouble(text.get()))
                                    .isEqualTo(a.getValue().getDoubleValue());
                        }
                    }
                }
            }
        }
    }
}
