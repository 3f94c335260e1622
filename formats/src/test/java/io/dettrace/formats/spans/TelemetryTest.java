package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.Telemetry;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetrySpan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of telemetry as they are handed over. */
class TelemetryTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";

    private static final ReadOptions LENIENT = new ReadOptions(
            Optional.empty(),
            ReadOptions.DEFAULT.declared(),
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    @TempDir
    Path folder;

    /** A span's start and end, as {@code inspect} and {@code convert} show them. */
    private static List<String> asEvents(List<TelemetrySpan> spans) {
        List<String> lines = new ArrayList<>();
        for (TelemetrySpan s : spans) {
            String id = HEX.toHexDigits(s.traceHigh()) + HEX.toHexDigits(s.traceLow()) + " " + HEX.toHexDigits(s.id());
            String parent = s.parent() == 0 ? "-" : HEX.toHexDigits(s.parent());
            String who = " " + s.resource().service() + " " + s.name() + " " + SpanKinds.key(s.kind()) + " ";
            lines.add(id + " start" + who + parent + " " + s.start() + " " + shown(s.attributes(), ""));
            lines.add(id + " end " + s.end() + " " + (s.error() ? "error " + s.status() : "ok"));
        }
        return lines;
    }

    private static List<String> shown(List<Field> fields, String prefix) {
        return fields.stream()
                .filter(f -> f.path().startsWith(prefix))
                .map(f -> f.path().substring(prefix.length()) + "=" + f.text())
                .sorted()
                .toList();
    }

    private static List<String> byEvents(RecordFormat format, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (List<Field> e : Shop.read(format, false, file).events()) {
            String record = text(e, "record", "");
            String id = text(e, "trace_id", "") + " " + text(e, "span_id", "") + " " + record;
            String who =
                    " " + text(e, "service", "") + " " + text(e, "name", "") + " " + text(e, "span.kind", "") + " ";
            if (record.equals("start")) {
                lines.add(id + who + text(e, "parent_span_id", "-") + " " + text(e, "time_ns", "") + " "
                        + shown(e, Conventions.RAW));
            } else if (record.equals("end")) {
                boolean failed = text(e, "status", "").equals("error");
                lines.add(id + " " + text(e, "time_ns", "") + " "
                        + (failed ? "error " + text(e, "status_text", "") : "ok"));
            }
        }
        return lines;
    }

    private static String text(List<Field> event, String path, String otherwise) {
        return Shop.value(event, path).orElse(otherwise);
    }

    @Test
    void spansAreThoseThatTheWayOfEventsSees() throws Exception {
        int seen = 0;
        for (String run : List.of("good1", "good2", "bad")) {
            for (Path file : List.of(
                    Resources.path("otlp/proto/" + run + "/traces.binpb"),
                    Resources.path("otlp/json/" + run + "/traces.jsonl"))) {
                RecordFormat format = file.toString().endsWith("binpb") ? new OtlpProtoFormat() : new OtlpJsonFormat();
                Collected telemetry = Collected.of(file);
                assertThat(telemetry.notes).isEmpty();
                assertThat(asEvents(telemetry.spans))
                        .as(file.toString())
                        .containsExactlyInAnyOrderElementsOf(byEvents(format, file));
                seen += telemetry.spans.size();
            }
        }
        for (String name : List.of("spansAmongEachOther.json", "testTrace.json")) {
            Path file = Resources.path("jaeger/" + name);
            Collected telemetry = Collected.of(file);
            assertThat(asEvents(telemetry.spans))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(byEvents(new JaegerFormat(), file));
            seen += telemetry.spans.size();
        }
        assertThat(seen).isGreaterThan(200);
    }

    @Test
    void theFilesOfAFolderMayHoldDifferentSignalsAndFormats() throws Exception {
        Path mixed = Files.createDirectory(folder.resolve("window"));
        Files.copy(Resources.path("otlp/proto/bad/traces.binpb"), mixed.resolve("a.binpb"));
        Files.copy(Resources.path("otlp/json/bad/logs.jsonl"), mixed.resolve("b.jsonl"));
        Files.copy(Resources.path("jaeger/testTrace.json"), mixed.resolve("c.json"));
        Files.writeString(mixed.resolve("README.md"), "what this is\n");
        Collected all = Collected.of(mixed);
        assertThat(all.codes()).contains("other_files");
        assertThat(all.logs).isNotEmpty();
        Collected traces = Collected.of(mixed.resolve("a.binpb"));
        Collected jaeger = Collected.of(mixed.resolve("c.json"));
        assertThat(all.spans).hasSize(traces.spans.size() + jaeger.spans.size());
        assertThatThrownBy(() -> Collected.of(mixed.resolve("README.md")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("README.md: is not telemetry; expected OpenTelemetry");
    }

    @Test
    void aResourceIsOneObjectWhereverItStandsInTheText() throws Exception {
        String resource = "'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'shop'}},"
                + "{'key':'service.version','value':{'stringValue':'1.2'}},"
                + "{'key':'host.name','value':{'stringValue':'n1'}}]}";
        String spans = "'scopeSpans':[{'spans':[" + span("a1", "", "'name':'early'") + "]}]";
        String text = "{'resourceSpans':[{" + resource + "," + spans + "},{" + spans.replace("early", "late") + ","
                + resource + "}]}";
        Collected read = Collected.of(write("order.json", text));
        TelemetrySpan early = read.span("shop", "early");
        assertThat(read.span("shop", "late").resource()).isSameAs(early.resource());
        assertThat(early.resource().version()).isEqualTo("1.2");
        assertThat(early.resource().instance()).isEqualTo("n1");
        assertThat(early.resource().attributes()).hasSize(3);
    }

    @Test
    void whatWaitsForItsResourceIsBounded() throws Exception {
        Handover handover = new Handover(
                List.of("late.json"),
                new ReadContext(false, -1),
                SharedIds.NONE,
                new KnownResources(),
                new MetricSeries(),
                new Collected());
        Moment log = new Moment();
        log.origin = handover.open();
        log.place = new Place(0, 1, 0, 1, 1);
        log.time = 1;
        log.body = "x".repeat(SpanStore.MAX_VALUE - Waiting.OBJECT);
        for (int i = 0; i < Waiting.MAX_BYTES / SpanStore.MAX_VALUE; i++) {
            handover.addLog(log);
        }
        assertThatThrownBy(() -> handover.addLog(log))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("late.json")
                .hasMessageContaining("more than 64 MiB of records stand before the resource");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }

    private static String span(String id, String parent, String more) {
        return "{'traceId':'" + TRACE + "','spanId':'" + id + "','parentSpanId':'" + parent
                + "','startTimeUnixNano':'1000','endTimeUnixNano':'3000'," + more + "}";
    }

    @Test
    void oddTimesAndIdentifiersAreCountedAndNeverHandedOver() throws Exception {
        String id = "'traceId':'" + TRACE + "','spanId':'";
        String spans = String.join(
                ",",
                "{" + id + "1','name':'open','startTimeUnixNano':5}",
                "{" + id + "2','name':'tail','endTimeUnixNano':5}",
                "{" + id + "3','name':'back','startTimeUnixNano':9,'endTimeUnixNano':5}",
                "{" + id + "4','name':'never'}",
                "{" + id + "','name':'nobody','startTimeUnixNano':5,'endTimeUnixNano':6}");
        Collected read =
                Collected.of(write("odd.json", "{'resourceSpans':[{'scopeSpans':[{'spans':[" + spans + "]}]}]}"));
        assertThat(read.spans).extracting(TelemetrySpan::name).containsExactly("open", "tail", "back");
        assertThat(read.spans).allMatch(s -> s.id() != 0 && s.start() == s.end());
        assertThat(read.codes())
                .containsExactly(
                        "missing_starts", "missing_times", "negative_durations", "unfinished_spans", "zero_ids");
        assertThat(read.spans.get(0).resource().service()).isEqualTo("unknown_service");
    }

    /** In the first trace both halves are there; in the second the client was not instrumented. */
    @Test
    void aServersHalfOfASharedSpanIsAChildOfTheClientsAndWhatItCallsIsTheServers() throws Exception {
        String client = "{'traceId':'1','id':'a','kind':'CLIENT','name':'get','timestamp':10,'duration':500,"
                + "'localEndpoint':{'serviceName':'web'}}";
        String server =
                "{'traceId':'1','id':'a','kind':'SERVER','shared':true,'name':'get','timestamp':11,'duration':400,"
                        + "'localEndpoint':{'serviceName':'api'}}";
        String query = "{'traceId':'1','id':'b','parentId':'a','kind':'CLIENT','name':'query','timestamp':12,"
                + "'duration':9,'localEndpoint':{'serviceName':'api'}}";
        String alone =
                "{'traceId':'2','id':'a','parentId':'9','kind':'SERVER','shared':true,'name':'put','timestamp':11,"
                        + "'duration':400,'localEndpoint':{'serviceName':'api'}}";
        for (List<String> order :
                List.of(List.of(client, server, query, alone), List.of(alone, query, server, client))) {
            Collected read = Collected.of(write("zipkin.json", "[" + String.join(",", order) + "]"));
            TelemetrySpan calling = read.span("web", "get");
            TelemetrySpan called = read.span("api", "get");
            assertThat(calling.id()).isEqualTo(0xa);
            assertThat(called.parent()).isEqualTo(0xa);
            assertThat(called.id()).isNotIn(0L, 0xaL, 0xbL);
            assertThat(read.span("api", "query").parent()).isEqualTo(called.id());
            assertThat(read.span("api", "put").id()).isEqualTo(0xa);
            assertThat(read.span("api", "put").parent()).isEqualTo(9);
            assertThat(read.span("api", "query").kind()).isEqualTo(SpanKind.CLIENT);
            assertThat(calling.start()).isEqualTo(10_000);
            assertThat(calling.end()).isEqualTo(510_000);
        }
    }

    @Test
    void aLogRecordNamesTheStatementThatWroteIt() {
        List<List<String>> attributes = List.of(
                List.of("code.function.name=a.B.c", "code.line.number=7", "code.file.path=B.java"),
                List.of("code.lineno=7", "code.function=c"),
                List.of("code.filepath=b.py", "code.lineno=3"),
                List.of("code.location=Logger#12", "code.lineno=3"),
                List.of("logger.name=com.Shop", "code.lineno=3"),
                List.of("code.lineno=3"),
                List.of());
        List<String> sources = new ArrayList<>();
        for (List<String> of : attributes) {
            List<Field> fields = of.stream()
                    .map(a -> AttributeText.string(a.substring(0, a.indexOf('=')), a.substring(a.indexOf('=') + 1)))
                    .toList();
            sources.add(LogSource.of(fields, "scope"));
        }
        assertThat(sources).containsExactly("a.B.c:7", "c:7", "b.py:3", "Logger#12", "com.Shop#3", "scope#3", "scope");
    }

    @Test
    void logsBelongToTheirSpansAndTheirScopeIsTheirSource() throws Exception {
        Collected proto = Collected.of(Resources.path("otlp/proto/bad/logs.binpb"));
        Collected json = Collected.of(Resources.path("otlp/json/bad/logs.jsonl"));
        Collected traces = Collected.of(Resources.path("otlp/proto/bad/traces.binpb"));
        assertThat(proto.logs).isNotEmpty().containsExactlyInAnyOrderElementsOf(json.logs);
        assertThat(proto.logs).allMatch(l -> !l.source().isEmpty() && !l.body().isEmpty() && l.time() > 0);
        List<TelemetryLog> joined = proto.logs.stream()
                .filter(l -> traces.spans.stream()
                        .anyMatch(s -> s.id() == l.span()
                                && s.traceLow() == l.traceLow()
                                && s.resource().service().equals(l.resource().service())))
                .toList();
        assertThat(joined).isNotEmpty();
    }

    @Test
    void aBrokenRecordIsRefusedOrLeftOutAndCounted() throws Exception {
        String good = span("a1", "", "'name':'good'");
        String bad = span("a2", "", "'name':'bad'").replace("'1000'", "'soon'");
        Path file = write("bad.json", "{'resourceSpans':[{'scopeSpans':[{'spans':[" + good + "," + bad + "]}]}]}");
        assertThatThrownBy(() -> Collected.of(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.json:1")
                .hasMessageContaining("startTimeUnixNano is \"soon\"");
        Collected lenient = Collected.of(LENIENT, file);
        assertThat(lenient.spans).hasSize(1);
        assertThat(lenient.codes()).containsExactly("broken_records");
    }

    @Test
    void aFormatMayBeNamed() throws Exception {
        ReadOptions named = new ReadOptions(
                Optional.empty(),
                ReadOptions.DEFAULT.declared(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("otlp-yaml"),
                Map.of());
        assertThatThrownBy(() -> Collected.of(named, Resources.path("otlp/proto/bad/logs.binpb")))
                .hasMessageContaining(
                        "no format of telemetry called \"otlp-yaml\"; known are jaeger, otlp, otlp-json, zipkin");
    }

    @Test
    void standardInputMayBeCompressed() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(Resources.bytes("otlp/proto/bad/traces.binpb"));
        }
        Collected all = new Collected();
        try (Telemetry telemetry = new Telemetry(ReadOptions.DEFAULT, new ByteArrayInputStream(packed.toByteArray()))) {
            telemetry.read(List.of("-"), all);
            assertThatThrownBy(() -> telemetry.read(List.of("-"), all)).hasMessageContaining("given twice");
        }
        assertThat(all.spans).hasSameSizeAs(Collected.of(Resources.path("otlp/proto/bad/traces.binpb")).spans);
    }
}
