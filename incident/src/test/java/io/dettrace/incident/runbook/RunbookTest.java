package io.dettrace.incident.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.incident.family.Family;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A runbook names the case's services, its window, and queries that can be pasted. */
class RunbookTest {
    private static final long START = 1_700_000_000_000_000_000L;

    private static RunbookCase about(Family family, String root, Optional<String> trace) {
        return new RunbookCase(
                family,
                root,
                Optional.of("ledger"),
                Optional.of("shop"),
                Optional.empty(),
                trace,
                Optional.of(START),
                Optional.of(START + 30_000_000_000L),
                3,
                1,
                1,
                2,
                900_000_000L,
                List.of("evidence"),
                List.of());
    }

    private static List<String> queries(List<RunbookStep> steps, String tool) {
        return steps.stream()
                .flatMap(s -> s.queries().stream())
                .filter(q -> q.tool().equals(tool))
                .map(RunbookStep.Query::text)
                .toList();
    }

    @Test
    void beginsWithTheFirstFailingHopAndEndsWithTheBlastRadius() {
        List<RunbookStep> steps = Runbook.of(about(Family.RETRY_STORM, "pay", Optional.empty()));

        assertThat(steps.stream().map(RunbookStep::step))
                .containsExactly(
                        "check_request_and_span_lineage",
                        "correlate_with_recent_changes",
                        "inspect_network_symptoms",
                        "assess_retry_policy",
                        "blast_radius_review");
        assertThat(steps).allSatisfy(s -> {
            assertThat(s.service()).isEqualTo("pay");
            assertThat(s.edge()).isEqualTo("pay -> ledger");
            assertThat(s.queries()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RETRY_STORM", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyOtherFamilyHasAStepOfItsOwn(Family family) {
        assertThat(Runbook.of(about(family, "pay", Optional.empty()))).hasSize(6);
    }

    @Test
    void queriesHoldTheWindowWithAMinuteOnEitherSide() {
        List<RunbookStep> steps = Runbook.of(about(Family.ERROR_BURST, "pay", Optional.empty()));

        assertThat(queries(steps, "prometheus"))
                .isNotEmpty()
                .allSatisfy(q -> assertThat(q).contains("[150s] @ 1700000090"));
        assertThat(queries(steps, "jaeger"))
                .isNotEmpty()
                .allSatisfy(q -> assertThat(q).contains("start=1699999940000000&end=1700000090000000"));
    }

    @Test
    void aTraceThatShowsItIsOpenedAndItsLogsAreRead() {
        String id = "0af7651916cd43dd8448eb211c80319c";
        List<RunbookStep> steps = Runbook.of(about(Family.ERROR_BURST, "pay", Optional.of(id)));

        assertThat(queries(steps, "jaeger")).contains("/trace/" + id);
        assertThat(queries(steps, "loki")).contains("{service_name=\"pay\"} | trace_id=\"" + id + "\"");
    }

    @Test
    void namesCannotBreakOutOfAQuery() {
        List<RunbookStep> steps =
                Runbook.of(about(Family.RESOURCE_SATURATION, "a\" or \\b & 100%d.x@W", Optional.empty()));

        assertThat(queries(steps, "tempo"))
                .allSatisfy(q -> assertThat(q).doesNotContain("\"a\" or"))
                .anySatisfy(q -> assertThat(q).contains("\"a\\\" or \\\\b & 100%d.x@W\""));
        assertThat(queries(steps, "jaeger"))
                .anySatisfy(q -> assertThat(q).startsWith("/search?service=a%22%20or%20%5Cb%20%26%20100%25d.x%40W&"));
        assertThat(queries(steps, "prometheus"))
                .anySatisfy(q -> assertThat(q).contains("{pod=~\"a\\\" or \\\\\\\\b & 100%d\\\\.x@W-.*\"}"));
    }
}
