package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans that Zipkin's own library made and wrote. */
class ZipkinCodecTest {
    @TempDir
    Path folder;

    private static Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(name).ip("10.0.0.1").port(8080).build();
    }

    private static List<Span> shared() {
        Span.Builder call = Span.newBuilder()
                .traceId("463ac35c9f6413ad48485a3953bb6124")
                .id("a")
                .name("get /");
        return List.of(
                call.clone()
                        .kind(Span.Kind.CLIENT)
                        .timestamp(1_000_000)
                        .duration(500)
                        .localEndpoint(service("web"))
                        .remoteEndpoint(service("api"))
                        .addAnnotation(1_000_100, "retry")
                        .build(),
                call.clone()
                        .kind(Span.Kind.SERVER)
                        .shared(true)
                        .timestamp(1_000_200)
                        .duration(200)
                        .localEndpoint(service("api"))
                        .putTag("http.status_code", "500")
                        .putTag("error", "boom 12345")
                        .build(),
                Span.newBuilder()
                        .traceId("48485a3953bb6124")
                        .parentId("a")
                        .id("b")
                        .name("query")
                        .kind(Span.Kind.CLIENT)
                        .timestamp(1_000_250)
                        .duration(50)
                        .localEndpoint(service("api"))
                        .build());
    }

    /** A file of traces of two spans each. */
    static byte[] written(int traces) {
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= traces; i++) {
            Span.Builder b = Span.newBuilder().traceId(0, i).localEndpoint(service("web"));
            spans.add(b.clone()
                    .id(1)
                    .name("root")
                    .timestamp(i * 10_000L)
                    .duration(5_000L)
                    .build());
            spans.add(b.clone()
                    .id(2)
                    .parentId(1)
                    .name("work")
                    .timestamp(i * 10_000L + 100)
                    .duration(50L)
                    .build());
        }
        return SpanBytesEncoder.JSON_V2.encodeList(spans);
    }

    @Test
    void aSharedIdentifierIsACallFromClientToServerAndChildrenBelongToTheirService() throws Exception {
        Path file = Files.write(folder.resolve("zipkin.json"), SpanBytesEncoder.JSON_V2.encodeList(shared()));
        Shop.Read read = Shop.read(new ZipkinFormat(), false, file);
        assertThat(read.notes()).isEmpty();
        assertThat(read.lines())
                .containsExactly(
                        "web/get /#1: start get /",
                        "web/get /#1: retry in get /",
                        "api/web get /#1: start get /",
                        "api/web get /#1: start query",
                        "api/web get /#1: end query",
                        "api/web get /#1: end get /",
                        "web/get /#1: end get /");
        List<io.dettrace.event.Field> end = read.event("api/web get /#1", "end get /");
        assertThat(Shop.value(end, "status")).contains("error");
        assertThat(Shop.value(end, "status.message")).contains("boom 12345");
        assertThat(Shop.value(end, "http.response.status_code")).contains("500");
        assertThat(Shop.value(end, "time_ns")).contains("1000400000");
        assertThat(Shop.value(read.event("web/get /#1", "start get /"), "peer.service"))
                .contains("api");
        assertThat(Shop.value(end, "lane")).isEqualTo(Optional.of("api/web get /#1"));
    }

    @Test
    void aSharedSpanWithoutAKindIsTheCalledSideWhicheverIsReportedFirst() throws Exception {
        String caller = "{'traceId':'1','id':'a','kind':'CLIENT','name':'get','timestamp':1000,'duration':500,"
                + "'localEndpoint':{'serviceName':'web'}}";
        String called = "{'traceId':'1','id':'a','shared':true,'name':'get','timestamp':1000,'duration':500,"
                + "'localEndpoint':{'serviceName':'api'}}";
        for (String list : List.of(caller + "," + called, called + "," + caller)) {
            assertThat(Shop.read(new ZipkinFormat(), folder, ("[" + list + "]").replace('\'', '"'))
                            .lines())
                    .containsExactly(
                            "web/get#1: start get",
                            "api/web get#1: start get",
                            "api/web get#1: end get",
                            "web/get#1: end get");
        }
    }

    @Test
    void aProducerNamesItsPeerAndAnAnnotationHasItsOwnTime() throws Exception {
        Span span = Span.newBuilder()
                .traceId(0, 1)
                .id(1)
                .name("send")
                .kind(Span.Kind.PRODUCER)
                .timestamp(1_000_000)
                .duration(500)
                .localEndpoint(service("web"))
                .remoteEndpoint(service("queue"))
                .addAnnotation(1_000_100, "queued")
                .build();
        Path file = Files.write(folder.resolve("producer.json"), SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
        Shop.Read read = Shop.read(new ZipkinFormat(), false, file);
        assertThat(Shop.value(read.event("web/send#1", "start send"), "peer.service"))
                .contains("queue");
        assertThat(Shop.value(read.event("web/send#1", "queued in send"), "time_ns"))
                .contains("1000100000");
    }

    @Test
    void listsOfListsAndLinesAreTheSameSpans() throws Exception {
        String list =
                new String(SpanBytesEncoder.JSON_V2.encodeList(shared()), java.nio.charset.StandardCharsets.UTF_8);
        List<String> one = Shop.read(new ZipkinFormat(), folder, list).lines();
        assertThat(Shop.read(new ZipkinFormat(), folder, "[" + list + "]").lines())
                .isEqualTo(one);
        StringBuilder lines = new StringBuilder();
        for (Span span : shared()) {
            lines.append(new String(SpanBytesEncoder.JSON_V2.encode(span), java.nio.charset.StandardCharsets.UTF_8))
                    .append('\n');
        }
        assertThat(Shop.read(new ZipkinFormat(), folder, lines.toString()).lines())
                .isEqualTo(one);
    }

    @Test
    void aServerThatReportsNoTimesTakesItsClients() throws Exception {
        String text = "[{\"traceId\":\"1\",\"id\":\"a\",\"kind\":\"CLIENT\",\"timestamp\":1000,\"duration\":9,"
                + "\"localEndpoint\":{\"serviceName\":\"web\"}},{\"traceId\":\"1\",\"id\":\"a\",\"kind\":\"SERVER\","
                + "\"shared\":true,\"localEndpoint\":{\"serviceName\":\"api\"}}]";
        Shop.Read read = Shop.read(new ZipkinFormat(), folder, text);
        assertThat(read.notes()).containsKeys("missing_times", "unfinished_spans");
        assertThat(read.events()).hasSize(3);
    }
}
