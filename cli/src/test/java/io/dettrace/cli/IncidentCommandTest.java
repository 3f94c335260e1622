package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dettrace.testkit.Seeds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code incident} on the bundled packs, on traces, and on what is no incident. */
class IncidentCommandTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference");
    private static final Path PACKS = Path.of("..", "packs");
    private static final Pattern NAMED =
            Pattern.compile("\"(service|downstream_service|failure_reason|request_id)\":\"([^\"]+)\"");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("incident"));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }

    private static Path bad(String pack) {
        return PACKS.resolve(pack).resolve("candidate.jsonl");
    }

    /** The report's JSON as a map from path to text, lists by index; also checked against its schema. */
    private Map<String, String> report(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--format", "json"));
        int status = run(all.toArray());
        assertThat(err.toString()).isEmpty();
        holds("distributed_incident_report", out.toString());
        Map<String, String> values = flat(out.toString());
        assertThat(values.get("incident")).isEqualTo(status == 1 ? "true" : "false");
        return values;
    }

    private static void holds(String schema, String json) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(REFERENCE.resolve(schema + ".schema.json")), InputFormat.JSON)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
    }

    private static Map<String, String> flat(String json) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    String path = parser.getParsingContext().pathAsPointer().toString();
                    values.put(path.substring(1), parser.getText());
                }
            }
        }
        return values;
    }

    private static List<String> list(Map<String, String> report, String path) {
        List<String> all = new ArrayList<>();
        for (int i = 0; report.containsKey(path + "/" + i); i++) {
            all.add(report.get(path + "/" + i));
        }
        return all;
    }

    private static List<String> chain(Map<String, String> report) {
        List<String> all = new ArrayList<>();
        for (int i = 0; report.containsKey("causal_chain/" + i + "/label"); i++) {
            all.add(report.get("causal_chain/" + i + "/label"));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "retry-storm,retry_storm,auth-service",
        "cascading-timeouts,cascading_timeouts,profile-service",
        "misordered-recovery,misordered_recovery,checkout-a",
        "failover-edge,failover_incomplete,inventory-primary"
    })
    void familyAndRootOfAPackAreThoseOfItsName(String pack, String family, String root) throws IOException {
        for (Map<String, String> report : List.of(report("--pack", PACKS.resolve(pack)), report(bad(pack)))) {
            assertThat(report)
                    .containsEntry("incident_family", family)
                    .containsEntry("blast_radius/root_service", root)
                    .containsEntry("first_failing_hop/service", root);
        }
        assertThat(run(PACKS.resolve(pack).resolve("baseline.jsonl"))).isZero();
    }

    /** The values that the seed published for these two runs, as far as they follow from the data. */
    @Test
    void retryStormAgainstCascadingTimeoutsHasThePublishedValues() throws IOException {
        Map<String, String> report = report(bad("cascading-timeouts"), bad("retry-storm"));

        assertThat(report)
                .containsEntry("baseline_event_count", "7")
                .containsEntry("candidate_event_count", "7")
                .containsEntry("timeout_events", "1")
                .containsEntry("retry_events", "2")
                .containsEntry("network_error_events", "2")
                .containsEntry("failover_events", "0")
                .containsEntry("timeline_correlation/failover_observed", "false")
                .containsEntry("timeline_correlation/max_latency_ms", "900")
                .containsEntry("timeline_correlation/error_burst_count", "3")
                .containsEntry("timeline_correlation/window_start_ms", "5000")
                .containsEntry("timeline_correlation/window_end_ms", "6513")
                .containsEntry("blast_radius/root_service", "auth-service")
                .containsEntry("blast_radius/retry_events", "2");
        assertThat(list(report, "blast_radius/directly_impacted_services")).containsExactly("token-db");
        assertThat(list(report, "blast_radius/upstream_services")).containsExactly("edge-proxy");
        assertThat(list(report, "annotations"))
                .containsExactly(
                        "dns_failure",
                        "transport_reset",
                        "retry_burst",
                        "downstream_unavailable",
                        "latency_inflation_between_hops",
                        "timeout_chain");
        assertThat(chain(report))
                .containsExactly(
                        "dns_failure",
                        "retry",
                        "transport_reset",
                        "retry_burst",
                        "downstream_unavailable",
                        "timeout_chain");
    }

    @Test
    void noDeployIsSuspectedWhereTheDataTellOfNone() throws IOException {
        Map<String, String> report = report(bad("retry-storm"));

        assertThat(report)
                .containsEntry("timeline_correlation/deploy_correlated", "false")
                .containsEntry("timeline_correlation/suspected_trigger", "none_recorded");
    }

    @Test
    void deployIsSuspectedWhereARemarkTellsOfOneBeforeTheFailure() throws IOException {
        String text = Files.readString(bad("retry-storm"));
        Path early = Files.writeString(
                folder.resolve("early.jsonl"),
                text.replaceFirst("annotations\":\\[]", "annotations\":[\"deploy 1.4.1\"]"));
        int last = text.lastIndexOf("\"annotations\":[]");
        Path late = Files.writeString(
                folder.resolve("late.jsonl"),
                text.substring(0, last) + text.substring(last).replace("[]", "[\"deploy 1.4.1\"]"));

        assertThat(report(early))
                .containsEntry("timeline_correlation/deploy_correlated", "true")
                .containsEntry("timeline_correlation/suspected_trigger", "recent_deploy");
        assertThat(report(late)).containsEntry("timeline_correlation/deploy_correlated", "false");
    }

    @Test
    void differenceOfTwoIncidentsHasThePublishedValues() throws IOException {
        Path reports = folder.resolve("reports");

        assertThat(run(bad("cascading-timeouts"), bad("retry-storm"), "--out", reports))
                .isEqualTo(1);

        String json = Files.readString(reports.resolve("distributed_semantic_diff.json"));
        holds("distributed_semantic_diff", json);
        assertThat(flat(json))
                .containsEntry("baseline_first_failing_service", "profile-service")
                .containsEntry("candidate_first_failing_service", "auth-service")
                .containsEntry("baseline_first_failure_reason", "tcp_connect_timeout")
                .containsEntry("candidate_first_failure_reason", "dns_failure")
                .containsEntry("retry_delta", "2")
                .containsEntry("timeout_delta", "-1")
                .containsEntry("network_error_delta", "2")
                .containsEntry("failover_delta", "0")
                .containsEntry("max_latency_delta_ms", "-410")
                .containsEntry("baseline_family", "cascading_timeouts")
                .containsEntry("candidate_family", "retry_storm");
        holds("distributed_incident_report", Files.readString(reports.resolve("distributed_incident_report.json")));
        assertThat(Files.readString(reports.resolve("distributed_incident_report.md")))
                .contains(
                        "# Incident: retry_storm",
                        "## Blast radius",
                        "## Against the baseline incident",
                        "## Next checks");
    }

    /** Renames services, reasons and requests one to one, and leaves out what only comments. */
    private static String scrambled(String text, Random random) {
        Map<String, String> names = new HashMap<>();
        Matcher matcher = NAMED.matcher(text.replace(",\"annotations\":[]", ""));
        StringBuilder renamed = new StringBuilder();
        while (matcher.find()) {
            String name = names.computeIfAbsent(
                    matcher.group(2), n -> "n" + names.size() + Long.toString(random.nextLong() >>> 1, 36));
            matcher.appendReplacement(renamed, "\"" + matcher.group(1) + "\":\"" + name + "\"");
        }
        return matcher.appendTail(renamed).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "retry-storm,retry_storm",
        "cascading-timeouts,cascading_timeouts",
        "misordered-recovery,misordered_recovery",
        "failover-edge,failover_incomplete"
    })
    void namesDoNotDecideTheFamily(String pack, String family) throws IOException {
        String text = Files.readString(bad(pack));
        Seeds.each(10, seed -> {
            Path scrambled = Files.writeString(folder.resolve(seed + ".jsonl"), scrambled(text, new Random(seed)));

            assertThat(report(scrambled)).containsEntry("incident_family", family);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "retry-storm,retry_storm",
        "cascading-timeouts,cascading_timeouts",
        "misordered-recovery,misordered_recovery",
        "failover-edge,failover_incomplete"
    })
    void eventTypesOrStatusesAloneDecideTheFamily(String pack, String family) throws IOException {
        String text = Files.readString(bad(pack));
        Path types = Files.writeString(folder.resolve("types.jsonl"), text.replaceAll("\"status\":\"[^\"]*\",", ""));
        Path statuses = Files.writeString(
                folder.resolve("statuses.jsonl"), text.replaceAll("\"type\":\"[^\"]*\"", "\"type\":\"STEP\""));

        assertThat(report(types)).containsEntry("incident_family", family);
        if (!pack.equals("misordered-recovery")) { // whose second recovery has the status ok
            assertThat(report(statuses)).containsEntry("incident_family", family);
        }
    }

    @Test
    void fieldsAreKnownByOtherNamesToo() throws IOException {
        String text = Files.readString(bad("retry-storm"))
                .replace("\"downstream_service\"", "\"peer.service\"")
                .replace("\"failure_reason\"", "\"error.type\"")
                .replace("\"request_id\"", "\"traceId\"")
                .replace("\"type\"", "\"event\"")
                .replace("\"latency_ms\"", "\"duration_ms\"");

        Map<String, String> report = report(Files.writeString(folder.resolve("a.jsonl"), text));

        assertThat(report)
                .containsEntry("incident_family", "retry_storm")
                .containsEntry("timeline_correlation/max_latency_ms", "900")
                .containsEntry("request", "req-200");
        assertThat(chain(report)).startsWith("dns_failure", "retry").endsWith("timeout_chain");
    }

    private Path log(String name, String... events) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events.length; i++) {
            String[] parts = events[i].split(" ");
            text.append("{\"seq\":" + i + ",\"component\":\"" + parts[0] + "\",\"action\":\"" + parts[1]
                    + "\",\"timestamp_ms\":" + 10 * i + "}\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void logThatNamesNoCalleesIsReadByTheOrderOfServices() throws IOException {
        Map<String, String> report = report(
                log("a.jsonl", "edge start", "api call", "user call", "user timeout", "api timeout", "edge cancel"));

        assertThat(report)
                .containsEntry("incident_family", "cascading_timeouts")
                .containsEntry("blast_radius/root_service", "user");
        assertThat(list(report, "blast_radius/upstream_services")).containsExactly("api", "edge");
        assertThat(list(report, "family/evidence"))
                .anySatisfy(e -> assertThat(e).contains("order in which services"));
    }

    @Test
    void otherServiceThatRecoversFirstThanInTheBaselineIsAMisorderedRecovery() throws IOException {
        Path good = log("good.jsonl", "lb failover", "b recover", "payment recover", "lb route");
        Path bad = log("bad.jsonl", "lb failover", "a recover", "payment error", "lb route");

        assertThat(report(good, bad)).containsEntry("incident_family", "misordered_recovery");
    }

    // ---- traces ----

    private final StringBuilder spans = new StringBuilder();
    private int ids;

    /** Adds a span; {@code kind} is OTLP's: 2 server, 3 client. */
    private String span(
            String service, String name, int kind, String parent, long fromMs, long toMs, String error, String peer) {
        String id = String.format("%016x", ++ids);
        String attributes = peer.isEmpty() ? "" : attribute("peer.service", peer);
        attributes += error.isEmpty() ? "" : (attributes.isEmpty() ? "" : ",") + attribute("error.type", error);
        spans.append(spans.isEmpty() ? "" : ",")
                .append("{\"resource\":{\"attributes\":[" + attribute("service.name", service) + "]},"
                        + "\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\""
                        + id
                        + "\",\"parentSpanId\":\"" + parent + "\",\"name\":\"" + name + "\",\"kind\":" + kind
                        + ",\"startTimeUnixNano\":\"" + (1_700_000_000_000L + fromMs)
                        + "000000\",\"endTimeUnixNano\":\""
                        + (1_700_000_000_000L + toMs) + "000000\",\"attributes\":[" + attributes + "],\"status\":{"
                        + (error.isEmpty() ? "" : "\"code\":2") + "}}]}]}");
        return id;
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
    }

    private Path trace(String name) throws IOException {
        String all = "{\"resourceSpans\":[" + spans + "]}";
        spans.setLength(0);
        ids = 0;
        return Files.writeString(folder.resolve(name), all);
    }

    @Test
    void failingCallsOfOneCalleeInATraceAreARetryStorm() throws IOException {
        String edge = span("edge", "GET /", 2, "", 0, 1_000, "503", "");
        for (int i = 0; i < 3; i++) {
            String call = span("edge", "login", 3, edge, 10 + 300L * i, 290 + 300L * i, "500", "");
            String auth = span("auth", "login", 2, call, 20 + 300L * i, 280 + 300L * i, "500", "");
            String reason = i == 2 ? "java.net.SocketTimeoutException" : "java.net.UnknownHostException";
            span("auth", "SELECT", 3, auth, 30 + 300L * i, 270 + 300L * i, reason, "token-db");
        }

        Map<String, String> report = report(trace("storm.json"));

        assertThat(report)
                .containsEntry("incident_family", "retry_storm")
                .containsEntry("retry_events", "2")
                .containsEntry("network_error_events", "2")
                .containsEntry("timeout_events", "1")
                .containsEntry("blast_radius/root_service", "auth")
                .containsEntry("first_failing_hop/failure_reason", "java.net.UnknownHostException");
        assertThat(list(report, "blast_radius/directly_impacted_services")).containsExactly("token-db");
        assertThat(list(report, "blast_radius/upstream_services")).containsExactly("edge");
        assertThat(chain(report))
                .startsWith("java.net.UnknownHostException", "500", "retry")
                .contains("retry_burst", "timeout_chain");
    }

    @Test
    void callersThatGiveUpBeforeTheirCalleesInATraceAreCascadingTimeouts() throws IOException {
        String gateway = span("gateway", "GET /", 2, "", 0, 1_000, "_OTHER", "");
        String first = span("gateway", "user", 3, gateway, 10, 990, "_OTHER", "");
        String user = span("user", "user", 2, first, 20, 1_500, "_OTHER", "");
        String second = span("user", "profile", 3, user, 30, 1_400, "_OTHER", "");
        String profile = span("profile", "profile", 2, second, 40, 2_000, "_OTHER", "");
        span("profile", "connect", 3, profile, 50, 1_990, "timeout", "db");
        Path slow = trace("slow.json");
        String fine = span("gateway", "GET /", 2, "", 0, 100, "", "");
        String call = span("gateway", "user", 3, fine, 10, 90, "", "");
        span("user", "user", 2, call, 20, 80, "", "");
        Path good = trace("good.json");

        Map<String, String> report = report(good, slow);

        assertThat(report)
                .containsEntry("incident_family", "cascading_timeouts")
                .containsEntry("blast_radius/root_service", "profile")
                .containsKey("first_incorrect_hop/sentence");
        assertThat(list(report, "blast_radius/upstream_services")).containsExactly("user", "gateway");
        assertThat(run(good)).isZero();
        assertThat(run(good, good)).isZero();
    }

    @Test
    void sameCallOfAnotherServiceAfterAFailureIsAFailover() throws IOException {
        String front = span("front", "GET /", 2, "", 0, 500, "", "");
        span("front", "stock", 3, front, 10, 200, "UNAVAILABLE", "primary");
        String again = span("front", "stock", 3, front, 240, 480, "", "");
        span("secondary", "stock", 2, again, 250, 470, "", "");

        Map<String, String> report = report(trace("failover.json"));

        assertThat(report)
                .containsEntry("incident_family", "failover_incomplete")
                .containsEntry("failover_events", "1")
                .containsEntry("retry_events", "0");
    }

    @Test
    void callOfAnotherServiceThatHappensToBeHttpAsWellIsNoFailover() throws IOException {
        String front = span("front", "GET /", 2, "", 0, 500, "", "");
        span("front", "GET", 3, front, 10, 200, "UNAVAILABLE", "stock");
        span("front", "GET", 3, front, 240, 480, "", "prices");

        assertThat(report(trace("fan-out.json"))).containsEntry("failover_events", "0");
    }

    @Test
    void otherVersionOfAServiceThanInTheBaselineIsADeploy() throws IOException {
        span("front", "GET /", 2, "", 0, 100, "", "");
        Path good = Files.writeString(folder.resolve("v1.json"), versioned(Files.readString(trace("a.json")), "1.0"));
        span("front", "GET /", 2, "", 0, 100, "500", "");
        Path bad = Files.writeString(folder.resolve("v2.json"), versioned(Files.readString(trace("b.json")), "1.1"));

        assertThat(report(good, bad))
                .containsEntry("timeline_correlation/deploy_correlated", "true")
                .containsEntry("timeline_correlation/evidence/0", "front runs version 1.1, and 1.0 in the baseline");
        assertThat(report(bad)).containsEntry("timeline_correlation/deploy_correlated", "false");
    }

    private static String versioned(String trace, String version) {
        String service = attribute("service.name", "front");
        return trace.replace(service, service + "," + attribute("service.version", version));
    }

    @Test
    void slowRequestWithoutAFailureIsLatencyInflation() throws IOException {
        span("front", "GET /", 2, "", 0, 100, "", "");
        Path good = trace("good.json");
        span("front", "GET /", 2, "", 0, 150, "", "");
        Path little = trace("little.json");
        span("front", "GET /", 2, "", 0, 900, "", "");
        Path slow = trace("slow.json");

        assertThat(report(good, slow)).containsEntry("incident_family", "latency_inflation");
        assertThat(run(good, little)).isZero();
    }

    // ---- calls ----

    @Test
    void oneOfSeveralRequestsIsChosenByItsIdentifier() throws IOException {
        Path both = Files.writeString(
                folder.resolve("both.jsonl"),
                Files.readString(bad("retry-storm")) + Files.readString(bad("cascading-timeouts")));

        assertThat(run(both)).isEqualTo(2);
        assertThat(err.toString()).contains("found 2 of 2 (req-200, req-100)", "--request");
        assertThat(report(both, "--request", "req-1")).containsEntry("incident_family", "cascading_timeouts");
    }

    @Test
    void eventsThatNameNoServiceAreRefused() throws IOException {
        Path log = Files.writeString(
                folder.resolve("a.jsonl"), "{\"seq\":1,\"op\":\"error\"}\n{\"seq\":2,\"op\":\"b\"}\n");

        assertThat(run(log)).isEqualTo(2);
        assertThat(err.toString()).contains("no event names its service");
    }

    @Test
    void missingInputAndPackBesideInputAreWrongCalls() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--pack", "retry-storm", "a.jsonl")).isEqualTo(2);
    }
}
