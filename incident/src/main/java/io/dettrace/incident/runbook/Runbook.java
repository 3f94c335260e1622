package io.dettrace.incident.runbook;

import io.dettrace.incident.runbook.RunbookStep.Query;
import java.util.ArrayList;
import java.util.List;

/** The next checks of an incident: those that every one needs, and those of its family. */
public final class Runbook {
    private static final String ERRORS = "{ resource.service.name = %s && status = error }";
    private static final String FAILED_CALLS =
            "sum by (client, server) (rate(traces_service_graph_request_failed_total{client=%s, server=%s}@W))";

    private final RunbookCase about;
    private final Queries q;
    private final List<RunbookStep> steps = new ArrayList<>();

    private Runbook(RunbookCase about) {
        this.about = about;
        q = new Queries(about);
    }

    /** The steps in the order in which to take them. */
    public static List<RunbookStep> of(RunbookCase about) {
        Runbook book = new Runbook(about);
        book.lineage();
        book.changes();
        if (about.networkErrors() + about.timeouts() > 0) {
            book.network();
        }
        if (about.retries() > 0) {
            book.retries();
        }
        book.family();
        book.blast();
        return List.copyOf(book.steps);
    }

    private void step(String name, String guidance, Query... queries) {
        steps.add(new RunbookStep(name, guidance, about.root(), about.edge(), List.of(queries)));
    }

    private void lineage() {
        Query trace = about.trace().map(q::jaegerTrace).orElseGet(() -> q.jaeger(about.root(), true));
        Query logs = about.trace()
                .map(t -> q.loki(about.root(), "| trace_id=%s", t))
                .orElseGet(() -> q.loki(about.root(), "| detected_level=~%s", "error|fatal"));
        step(
                "check_request_and_span_lineage",
                "Confirm that " + about.edge() + " is the first hop that fails, and read what " + about.root()
                        + " logged there.",
                trace,
                about.operation()
                        .map(o -> q.tempo(
                                "{ resource.service.name = %s && name = %s && status = error }", about.root(), o))
                        .orElseGet(() -> q.tempo(ERRORS, about.root())),
                logs);
    }

    private void changes() {
        step(
                "correlate_with_recent_changes",
                "Check what was deployed or changed at " + about.root() + " before it began; "
                        + (about.changes().isEmpty()
                                ? "the recording itself tells of nothing."
                                : "known so far: " + String.join("; ", about.changes()) + "."),
                q.prometheus(
                        "count by (job, service_version) (last_over_time(target_info{job=~%s}@W))",
                        "(.+/)?" + regex(about.root())),
                q.tempo(
                        "{ resource.service.name = %s && status = error } | rate() by (resource.service.version)",
                        about.root()));
    }

    private void network() {
        List<Query> queries = new ArrayList<>();
        about.callee().ifPresent(callee -> {
            queries.add(q.prometheus(FAILED_CALLS, about.root(), callee));
            queries.add(q.tempo(
                    "{ resource.service.name = %s && kind = client && span.peer.service = %s && status = error }",
                    about.root(), callee));
        });
        queries.add(q.loki(
                about.root(), "|~ %s", "(?i)timeout|timed out|connection (refused|reset)|unknown host|no such host"));
        step(
                "inspect_network_symptoms",
                "Network errors: " + about.networkErrors() + ", time-outs: " + about.timeouts() + ", on " + about.edge()
                        + ": check name look-up, connecting, resets and time-outs on that way.",
                queries.toArray(Query[]::new));
    }

    private void retries() {
        String caller = about.caller().orElse(about.root());
        step(
                "assess_retry_policy",
                "Calls made again: " + about.retries() + "; check backoff, jitter, the retry budget and its limit at "
                        + caller + ", and how many calls one request becomes.",
                q.tempo(
                        "{ resource.service.name = %s && kind = client && span.http.request.resend_count > 0 }",
                        caller),
                q.tempo("{ resource.service.name = %s && kind = client } | count() > %s", caller, 1 + about.retries()),
                q.prometheus(
                        "sum(rate(traces_spanmetrics_calls_total{service=%s, span_kind=\"SPAN_KIND_SERVER\"}@W))"
                                + " / sum(rate(traces_spanmetrics_calls_total{service=%s, span_kind=\"SPAN_KIND_SERVER\"}@W))",
                        about.root(), caller));
    }

    /** What only this family needs. */
    private void family() {
        String root = about.root();
        switch (about.family()) {
            case CASCADING_TIMEOUTS ->
                step(
                        "compare_time_limits",
                        "Compare the time limits along the way: each caller's must be longer than its callee's with all tries.",
                        q.tempo(
                                "{ resource.service.name = %s } >> { resource.service.name = %s && duration > %sms }",
                                about.caller().orElse(root), root, Math.max(1, about.maxLatency() / 2_000_000)),
                        quantile(root));
            case MISORDERED_RECOVERY ->
                step(
                        "check_readiness",
                        "Check by what " + root + " counts as ready: its readiness must include what it calls"
                                + about.callee().map(c -> ", here " + c).orElse("") + ".",
                        q.loki(root, "|~ %s", "(?i)ready|healthy|recover|register"),
                        q.tempo(
                                "{ resource.service.name = %s && status = error } | rate() by (resource.service.instance.id)",
                                root));
            case FAILOVER_INCOMPLETE ->
                step(
                        "check_failed_over_primary",
                        "Check that " + root
                                + " really takes no more work, that its substitute can bear it, and how it comes"
                                + " back.",
                        q.prometheus(
                                "sum by (client, server) (rate(traces_service_graph_request_total{client=%s}@W))",
                                about.caller().orElse(root)),
                        q.tempo(ERRORS, root));
            case DEPENDENCY_OUTAGE ->
                step(
                        "check_dependency",
                        "Check whether " + about.callee().orElse("what " + root + " calls")
                                + " is up, and who else calls it in vain.",
                        q.prometheus(
                                "sum by (client) (rate(traces_service_graph_request_failed_total{server=%s}@W))",
                                about.callee().orElse(root)));
            case LATENCY_INFLATION ->
                step(
                        "find_slow_part",
                        "Find which operation of " + root + " takes longer, and whether it works or waits.",
                        quantile(root),
                        q.tempo(
                                "{ resource.service.name = %s && duration > %sms }",
                                root, Math.max(1, about.maxLatency() / 2_000_000)));
            default -> furtherFamilies(root);
        }
    }

    private void furtherFamilies(String root) {
        switch (about.family()) {
            case ERROR_BURST, POISON_REQUEST ->
                step(
                        "find_common_input",
                        "Find what the failing calls of " + root + " have in common: operation, exception, input.",
                        q.prometheus(
                                "sum by (span_name) (rate(traces_spanmetrics_calls_total{service=%s,"
                                        + " status_code=\"STATUS_CODE_ERROR\"}@W))",
                                root),
                        q.tempo(
                                "{ resource.service.name = %s && status = error && event.exception.type != %s }",
                                root, ""));
            case RESOURCE_SATURATION ->
                step(
                        "check_resources",
                        "Check processor, memory and pools of " + root + " against their limits.",
                        q.prometheus(
                                "sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{pod=~%s}@W))",
                                regex(root) + "-.*"),
                        q.prometheus(
                                "max by (pod) (max_over_time(container_memory_working_set_bytes{pod=~%s}@W))",
                                regex(root) + "-.*"));
            case PARTIAL_OUTAGE ->
                step(
                        "find_bad_instance",
                        "Find the instance of " + root + " that fails, and take it out of service.",
                        q.tempo(
                                "{ resource.service.name = %s && status = error } | rate() by (resource.service.instance.id)",
                                root));
            case TRAFFIC_SURGE ->
                step(
                        "find_source_of_traffic",
                        "Find who sends the additional requests to " + root + ".",
                        q.prometheus("sum by (client) (rate(traces_service_graph_request_total{server=%s}@W))", root));
            case BAD_DEPLOY ->
                step(
                        "compare_versions",
                        "Compare errors of " + root + " by version before rolling back.",
                        q.tempo(
                                "{ resource.service.name = %s && status = error } | rate() by (resource.service.version)",
                                root));
            default -> {}
        }
    }

    private Query quantile(String service) {
        return q.prometheus(
                "histogram_quantile(0.99, sum by (le, span_name)"
                        + " (rate(traces_spanmetrics_latency_bucket{service=%s}@W)))",
                service);
    }

    private void blast() {
        String caller = about.caller().orElse(about.root());
        step(
                "blast_radius_review",
                "Before a rollback or a shift of traffic look at who calls " + about.root() + ", "
                        + about.caller().map(c -> c + " first").orElse("of whom this shows none")
                        + ", and at what it calls.",
                q.prometheus(
                        "sum by (client) (rate(traces_service_graph_request_failed_total{server=%s}@W))", about.root()),
                q.jaeger(caller, true));
    }

    /** A name as a regular expression of RE2 that matches it alone. */
    private static String regex(String name) {
        return name.replaceAll("([\\\\.+*?()\\[\\]{}|^$])", "\\\\$1");
    }
}
