package io.dettrace.incident.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.incident.family.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What decides the family of one request, and what does not. */
class FamiliesOfRequestsTest {
    private final List<RequestEvent> events = new ArrayList<>();

    private FamiliesOfRequestsTest event(String type, String service, String downstream, String status) {
        List<Field> fields = new ArrayList<>();
        add(fields, "type", type);
        add(fields, "service", service);
        add(fields, "downstream_service", downstream);
        add(fields, "status", status);
        events.add(new RequestEvent(fields, EventBlock.NO_TIME, "line " + (events.size() + 1)));
        return this;
    }

    private static void add(List<Field> fields, String path, String value) {
        if (!value.isEmpty()) {
            fields.add(new Field(path, Field.Type.STRING, value));
        }
    }

    private RequestIncident incident() {
        return RequestIncident.of(RequestReader.read("run", "", events), Optional.empty(), Optional.empty());
    }

    private Family family() {
        return incident().family().family();
    }

    @Test
    void oneRetryIsNoStorm() {
        event("call", "a", "b", "error").event("retry", "a", "b", "ok").event("call", "a", "b", "error");

        assertThat(family()).isEqualTo(Family.DEPENDENCY_OUTAGE);
    }

    @Test
    void retriesThatHelpAreNoStorm() {
        event("call", "a", "b", "error").event("retry", "a", "b", "ok").event("retry", "a", "b", "ok");
        event("answer", "b", "", "ok");

        assertThat(family()).isNotEqualTo(Family.RETRY_STORM);
    }

    @Test
    void timeoutsOfServicesThatDoNotCallEachOtherAreNoCascade() {
        event("call", "a", "b", "ok").event("timeout", "b", "", "").event("call", "a", "c", "ok");
        event("timeout", "c", "", "");

        assertThat(family()).isNotEqualTo(Family.CASCADING_TIMEOUTS);
    }

    @Test
    void recoveryThatLastsIsNotMisordered() {
        event("error", "a", "b", "error").event("recovery", "a", "b", "ok").event("answer", "a", "", "ok");

        assertThat(family()).isNotEqualTo(Family.MISORDERED_RECOVERY);
    }

    @Test
    void failoverBackToWhatRecoveredIsComplete() {
        event("error", "a", "x", "error").event("failover", "lb", "b", "");
        event("recovery", "a", "x", "ok").event("answer", "b", "", "ok");

        assertThat(family()).isNotEqualTo(Family.FAILOVER_INCOMPLETE);
    }

    @Test
    void serviceThatFailsThoughItsCalleeAnswersFailsByItself() {
        event("call", "a", "b", "ok").event("answer", "b", "", "ok").event("error", "a", "", "error");

        assertThat(family()).isEqualTo(Family.ERROR_BURST);
    }

    @Test
    void healthyRequestHasNoFamilyAndIsNoIncident() {
        event("call", "a", "b", "ok").event("answer", "b", "a", "200");

        assertThat(incident().isIncident()).isFalse();
        assertThat(family()).isEqualTo(Family.UNKNOWN);
        assertThat(incident().runbook()).isEmpty();
    }

    @Test
    void whatACallerWaitedForIsTheRootThoughTheCallerGaveUpFirst() {
        event("call", "a", "b", "ok").event("call", "b", "c", "ok");
        event("call", "b", "c", "timeout").event("call", "c", "d", "timeout").event("call", "a", "b", "timeout");

        RequestIncident found = incident();

        assertThat(found.causes().orElseThrow().first().service()).isEqualTo("b");
        assertThat(found.blast().root()).contains("c");
        assertThat(found.blast().direct()).containsExactly("d");
        assertThat(found.blast().upstream()).containsExactly("b", "a");
    }

    @Test
    void answersDoNotTurnCallersIntoCallees() {
        event("send", "a", "b", "ok").event("answer", "b", "a", "error");

        assertThat(incident().blast().upstream()).containsExactly("a");
        assertThat(incident().blast().direct()).isEmpty();
    }

    @Test
    void upstreamIsWhatIsCalledWhereItComesLater() {
        List<RequestEvent> log =
                List.of(upstream("a", "b", "ok"), upstream("b", "c", "error"), upstream("c", "d", "error"));

        Request request = RequestReader.read("run", "", log);

        assertThat(request.calls().get("a")).containsExactly("b");
        assertThat(RequestIncident.of(request, Optional.empty(), Optional.empty())
                        .blast()
                        .root())
                .contains("c");
    }

    private static RequestEvent upstream(String service, String upstream, String status) {
        List<Field> fields = new ArrayList<>();
        add(fields, "service", service);
        add(fields, "upstream", upstream);
        add(fields, "status", status);
        return new RequestEvent(fields, EventBlock.NO_TIME, "");
    }
}
