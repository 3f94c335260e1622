package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.report.Explanation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lanes, branches, links and kinds spans become, and what is tolerated. */
class SpanMeaningTest {
    private static final String T1 = "0af7651916cd43dd8448eb211c80319c";
    private static final String ERROR = ",\"status\":{\"code\":2,\"message\":\"timeout after 1500 ms\"}";

    @TempDir
    Path folder;

    private static Shop calls(long first, long second, String more) {
        return new Shop(T1)
                .span("web", "01", "", "GET /", 2, 0, 1_000, "")
                .span("web", "02", "01", "a", 3, first, first + 100, more)
                .span("web", "03", "01", "b", 3, second, second + 100, "");
    }

    @Test
    void spansOneAfterTheOtherStayInTheLaneInOrder() throws Exception {
        assertThat(calls(100, 300, "").read(folder).lines())
                .containsExactly(
                        "web/GET /#1: start GET /",
                        "web/GET /#1: start a",
                        "web/GET /#1: end a",
                        "web/GET /#1: start b",
                        "web/GET /#1: end b",
                        "web/GET /#1: end GET /");
        assertThat(calls(100, 300, "").compare(calls(300, 100, ""), folder).sentence())
                .isPresent();
    }

    @Test
    void spansThatOverlapAreBranchesWhoseOrderIsNoDifference() throws Exception {
        assertThat(calls(100, 150, "").read(folder).lines())
                .contains("web/GET /#1 > a#1: start a", "web/GET /#1 > b#1: end b");
        assertThat(calls(100, 150, "").compare(calls(170, 120, ""), folder).sentence())
                .isEmpty();
    }

    private static Shop workers(int... starts) {
        Shop shop = new Shop(T1).span("web", "01", "", "GET /", 2, 0, 2_000, "");
        for (int i = 0; i < starts.length; i++) {
            shop.span("web", "1" + i, "01", "route", 3, starts[i], starts[i] + 100, "");
        }
        return shop.span("web", "20", "01", "store", 3, 1_500, 1_600, "");
    }

    /** Of ten calls by three workers the last one may by chance overlap another one, or not. */
    @Test
    void thatOneOfManyParallelCallsOverlapsNoneIsNoDifference() throws Exception {
        assertThat(workers(100, 150, 250)
                        .compare(workers(100, 150, 300), folder)
                        .sentence())
                .isEmpty();
        assertThat(workers(100, 150, 250)
                        .compare(workers(100, 300, 350), folder)
                        .sentence())
                .isEmpty();
        assertThat(workers(100, 150, 250).compare(workers(100, 150), folder).sentence())
                .isPresent();
    }

    @Test
    void aBranchThatFailsIsTheRootAndItsParentAnEffect() throws Exception {
        Explanation found = calls(100, 150, "").compare(calls(100, 150, ERROR), folder);
        assertThat(found.sentence().orElseThrow()).contains("end a (web): status is error, expected ok");
        assertThat(found.comparison().roots()).hasSize(1);
    }

    @Test
    void parallelCallsOfOneNameAreToldApartByWhatTheyDo() throws Exception {
        String red = ",\"attributes\":[{\"key\":\"db.collection.name\",\"value\":{\"stringValue\":\"red\"}}]";
        String blue = red.replace("red", "blue");
        Shop a = new Shop(T1)
                .span("web", "01", "", "GET /", 0, 1_000)
                .span("web", "02", "01", "q", 3, 100, 200, red)
                .span("web", "03", "01", "q", 3, 110, 210, blue);
        Shop b = new Shop(T1)
                .span("web", "01", "", "GET /", 0, 1_000)
                .span("web", "02", "01", "q", 3, 110, 200, red)
                .span("web", "03", "01", "q", 3, 100, 210, blue);
        assertThat(a.compare(b, folder).sentence()).isEmpty();
    }

    private static Shop chain(boolean fails) {
        String status = fails ? ERROR : "";
        return new Shop(T1)
                .span("web", "01", "", "GET /", 2, 0, 1_000, status)
                .span("web", "02", "01", "call", 3, 100, 900, status)
                .span("api", "03", "02", "GET /x", 2, 200, 800, status)
                .span("api", "04", "03", "call", 3, 300, 700, status)
                .span("db", "05", "04", "SELECT", 2, 400, 600, status);
    }

    @Test
    void ofAChainOfErrorsTheLeafIsTheFirstDivergence() throws Exception {
        Explanation found = chain(false).compare(chain(true), folder);
        assertThat(found.sentence().orElseThrow()).contains("end SELECT (db): status is error");
        assertThat(found.comparison().roots()).hasSize(1);
        assertThat(found.comparison().effectCount()).isEqualTo(4);
    }

    @Test
    void logRecordsStandInTheirSpanAndOthersInALaneOfTheService() throws Exception {
        Shop.Read read = chain(false)
                .log("api", "03", 350, "user 4711 found in 12 ms")
                .log("db", "", 10, "ready")
                .read(folder);
        assertThat(read.lines()).contains("api/web GET /#1: log: user 4711 found in #", "db: log: ready");
        assertThat(read.lines().indexOf("api/web GET /#1: log: user 4711 found in #"))
                .isGreaterThan(read.lines().indexOf("api/web GET /#1: start call"));
    }

    @Test
    void requestsOfOneNameAreNumberedInTimeOrderWhateverTheirPlaceInTheFile() throws Exception {
        String late =
                new Shop("ff").span("web", "01", "", "GET /", 5_000, 5_100).text();
        String early = new Shop("ee").span("web", "01", "", "GET /", 0, 100).text();
        Shop.Read read = Shop.read(new OtlpJsonFormat(), folder, late + early);
        assertThat(read.event("web/GET /#1", "start GET /"))
                .anyMatch(f -> f.text().endsWith("ee"));
        assertThat(read.event("web/GET /#2", "start GET /"))
                .anyMatch(f -> f.text().endsWith("ff"));
    }

    @Test
    void spansOfOneTraceMayLieInSeveralFiles() throws Exception {
        Path a = Files.writeString(
                folder.resolve("a.jsonl"),
                new Shop(T1).span("web", "01", "", "r", 0, 100).text());
        Path b = Files.writeString(
                folder.resolve("b.jsonl"),
                new Shop(T1).span("api", "02", "01", "c", 10, 20).text());
        Shop.Read read = Shop.read(new OtlpJsonFormat(), false, b, a);
        assertThat(read.notes()).isEmpty();
        assertThat(read.lines())
                .containsExactly("web/r#1: start r", "api/web r#1: start c", "api/web r#1: end c", "web/r#1: end r");
    }

    @Test
    void idsOf64And128BitsAreOneTrace() throws Exception {
        String text = new Shop("0000000000000001a2fb4a1d1a96d312")
                        .span("web", "01", "", "r", 0, 100)
                        .text()
                + new Shop("a2fb4a1d1a96d312")
                        .span("api", "02", "01", "c", 10, 20)
                        .text();
        assertThat(Shop.read(new OtlpJsonFormat(), folder, text).lines()).contains("api/web r#1: start c");
    }

    @Test
    void aMissingParentACircleAndADuplicateAreCountedAndRead() throws Exception {
        Shop.Read read = new Shop(T1)
                .span("web", "01", "", "r", 0, 1_000)
                .span("web", "02", "99", "orphan", 10, 20)
                .span("web", "03", "04", "x", 30, 40)
                .span("web", "04", "03", "y", 32, 38)
                .span("web", "01", "", "r", 0, 1_000)
                .span("web", "05", "05", "self", 50, 60)
                .span("web", "06", "01", "backwards", 80, 70)
                .read(folder);
        assertThat(read.notes())
                .containsEntry("duplicate_spans", 1L)
                .containsEntry("parent_cycles", 2L)
                .containsEntry("missing_parents", 3L)
                .containsEntry("negative_durations", 1L);
        assertThat(read.events()).hasSize(12);
    }

    @Test
    void aClockThatIsLateDoesNotPutAChildBeforeItsParent() throws Exception {
        Shop skewed = new Shop(T1)
                .span("web", "01", "", "r", 2, 10_000, 11_000, "")
                .span("api", "02", "01", "c", 2, 0, 800, "");
        Shop.Read read = skewed.read(folder);
        assertThat(read.notes()).containsEntry("clock_skew", 1L);
        assertThat(read.lines())
                .containsExactly("web/r#1: start r", "api/web r#1: start c", "api/web r#1: end c", "web/r#1: end r");
        Shop right = new Shop("77")
                .span("web", "01", "", "r", 2, 10_000, 11_000, "")
                .span("api", "02", "01", "c", 2, 10_100, 10_900, "");
        assertThat(right.compare(skewed, folder).sentence()).isEmpty();
    }

    @Test
    void olderNamesOfAttributesAreTheNewOnesAndOthersAreNotCompared() throws Exception {
        String old = ",\"attributes\":[{\"key\":\"http.method\",\"value\":{\"stringValue\":\"GET\"}},"
                + "{\"key\":\"http.status_code\",\"value\":{\"intValue\":\"200\"}},"
                + "{\"key\":\"thread.id\",\"value\":{\"intValue\":\"17\"}}]";
        String fresh = ",\"attributes\":[{\"key\":\"http.request.method\",\"value\":{\"stringValue\":\"GET\"}},"
                + "{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":200}},"
                + "{\"key\":\"thread.id\",\"value\":{\"intValue\":\"18\"}}]";
        Shop a = new Shop(T1).span("web", "01", "", "GET /", 2, 0, 10, old);
        Shop b = new Shop("12").span("web", "08", "", "GET /", 2, 500, 530, fresh);
        assertThat(a.compare(b, folder).sentence()).isEmpty();
        Shop c = new Shop("12").span("web", "08", "", "GET /", 2, 500, 530, fresh.replace("200", "503"));
        assertThat(a.compare(c, folder).sentence().orElseThrow()).contains("http.response.status_code is 503");
    }

    @Test
    void snakeCaseBase64AndNamesOfEnumsAreReadToo() throws Exception {
        Shop.Read read = Shop.read(
                new OtlpJsonFormat(),
                folder,
                "{\"resource_spans\":[{\"scope_spans\":[{\"spans\":[{\"trace_id\":\"CvdlGRbNQ92ESOshHIAxnA==\","
                        + "\"span_id\":\"AAAAAAAAAAE=\",\"name\":\"n\",\"kind\":\"SPAN_KIND_SERVER\","
                        + "\"start_time_unix_nano\":1700000000000000000,\"end_time_unix_nano\":\"1700000000000000005\","
                        + "\"status\":{\"code\":\"STATUS_CODE_ERROR\"},\"unknown\":{\"a\":[1]}}]}]}]}");
        assertThat(Shop.value(read.events().get(0), "trace_id")).contains(T1);
        assertThat(Shop.value(read.events().get(0), "span_id")).contains("0000000000000001");
        assertThat(Shop.value(read.events().get(0), "span.kind")).contains("server");
        assertThat(Shop.value(read.events().get(1), "status")).contains("error");
        assertThat(Shop.value(read.events().get(1), "time_ns")).contains("1700000000000000005");
    }

    @Test
    void aLineThatIsCutIsRefusedOrLeftOutAndTheNextIsRead() throws Exception {
        String good = new Shop(T1).span("web", "01", "", "r", 0, 100).text();
        Path file = Files.writeString(folder.resolve("cut.jsonl"), "{\"resourceSpans\":[{\"a\":\"b\n" + good);
        assertThatThrownBy(() -> Shop.read(new OtlpJsonFormat(), false, file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("cut.jsonl:");
        Shop.Read read = Shop.read(new OtlpJsonFormat(), true, file);
        assertThat(read.events()).hasSize(2);
        assertThat(read.notes()).containsEntry("broken_json", 1L);
    }

    @Test
    void whatIsNoJsonIsToldInPlainWords() throws Exception {
        Path file = Files.writeString(folder.resolve("odd.json"), "{\"resourceSpans\":[{\"a\":x}]}");
        assertThatThrownBy(() -> Shop.read(new OtlpJsonFormat(), false, file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'x': was expecting a value")
                .hasMessageNotContaining("JSON String");
    }

    @Test
    void jaegersReferencesLogsAndTagsAreUnderstood() throws Exception {
        String text =
                "{\"data\":[{\"traceID\":\"1\",\"spans\":[{\"traceID\":\"1\",\"spanID\":\"a\",\"operationName\":\"r\","
                        + "\"startTime\":1000,\"duration\":900,\"processID\":\"p1\",\"tags\":[{\"key\":\"span.kind\",\"type\":\"string\","
                        + "\"value\":\"server\"}],\"logs\":[],\"warnings\":null,\"references\":[]},"
                        + "{\"traceID\":\"1\",\"spanID\":\"b\",\"operationName\":\"c\",\"startTime\":1100,\"duration\":100,"
                        + "\"references\":[{\"refType\":\"CHILD_OF\",\"traceID\":\"1\",\"spanID\":\"a\"}],"
                        + "\"tags\":[{\"key\":\"error\",\"type\":\"bool\",\"value\":true}],\"processID\":\"p2\","
                        + "\"logs\":[{\"timestamp\":1150,\"fields\":[{\"key\":\"event\",\"value\":\"error\"},"
                        + "{\"key\":\"error.object\",\"value\":\"no such user 123456\"}]}]}],"
                        + "\"processes\":{\"p1\":{\"serviceName\":\"web\"},\"p2\":{\"serviceName\":\"api\"}}}]}";
        Shop.Read read = Shop.read(new JaegerFormat(), folder, text);
        assertThat(read.lines())
                .containsExactly(
                        "web/r#1: start r",
                        "api/web r#1: start c",
                        "api/web r#1: error in c",
                        "api/web r#1: end c",
                        "web/r#1: end r");
        assertThat(Shop.value(read.event("api/web r#1", "error in c"), "exception.message"))
                .contains("no such user 123456");
        assertThat(Shop.value(read.event("api/web r#1", "end c"), "status")).contains("error");
    }

    @Test
    void nestingAndLengthsWithoutEndAreRefused() throws Exception {
        String deep = "{\"resourceSpans\":" + "[".repeat(JsonInput.MAX_DEPTH + 1);
        assertThatThrownBy(() -> Shop.read(new OtlpJsonFormat(), folder, deep)).isInstanceOf(InputException.class);
        byte[] huge = {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0x12, 0x01};
        Path file = Files.write(folder.resolve("huge.binpb"), huge);
        assertThatThrownBy(() -> Shop.read(new OtlpProtoFormat(), false, file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("huge.binpb:");
    }

    @Test
    void aTraceMayHaveSoManyRecordsAndNotOneMore() throws Exception {
        StringBuilder spans = new StringBuilder();
        for (int i = 1; i <= TraceAssembler.MAX_RECORDS; i++) {
            spans.append(i == 1 ? "" : ",")
                    .append("{\"traceId\":\"1\",\"id\":\"")
                    .append(Integer.toHexString(i))
                    .append("\",\"timestamp\":")
                    .append(i);
            spans.append(",\"localEndpoint\":{\"serviceName\":\"s\"}}");
        }
        assertThat(Shop.read(new ZipkinFormat(), folder, "[" + spans + "]").events())
                .hasSize(TraceAssembler.MAX_RECORDS);
        String more = "[" + spans + ",{\"traceId\":\"1\",\"id\":\"ffffffff\",\"timestamp\":9}]";
        assertThatThrownBy(() -> Shop.read(new ZipkinFormat(), folder, more))
                .hasMessageContaining("more than " + TraceAssembler.MAX_RECORDS);
    }

    @Test
    void textsAreComparedWithoutWhatChangesFromRunToRun() {
        assertThat(StableText.path("https://shop:8443/orders/17/items/3f2a9b7c11?x=1"))
                .isEqualTo("/orders/{}/items/{}");
        assertThat(StableText.name("HTTP GET /customer?customer=123")).isEqualTo("HTTP GET /customer");
        assertThat(StableText.name("Receive orders-v2")).isEqualTo("Receive orders-v2");
        assertThat(StableText.statement("SELECT *\n FROM t WHERE a IN (1, 2, 3) AND b = 'x''y'"))
                .isEqualTo("SELECT * FROM t WHERE a IN (?) AND b = ?");
        assertThat(StableText.message("retry 2 of 3: 10.0.0.7:5432 refused after 1.5 s"))
                .isEqualTo("retry 2 of 3: #:5432 refused after #");
        assertThat(StableText.message(
                        "10.0.0.7:54321 asked db:5432 for 5003 of 12345678 rows, got 404 at 1719400000123"))
                .isEqualTo("#:# asked db:5432 for 5003 of 12345678 rows, got 404 at #");
        assertThat(StableText.message("at 0x7f961cf08cf0 rate 0.25, block 3f2a9b7c, port 40022, 10 MiB"))
                .isEqualTo("at # rate 0.25, block #, port #, #");
        assertThat(List.of(StableText.message("a.B@1f2e3d"))).containsExactly("a.B@#");
    }
}
