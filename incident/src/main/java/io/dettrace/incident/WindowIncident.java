package io.dettrace.incident;

import io.dettrace.incident.blast.BlastRadius;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Findings;
import io.dettrace.incident.family.FamilyVerdict;
import io.dettrace.incident.runbook.RunbookStep;
import io.dettrace.incident.timeline.Timeline;
import java.util.List;
import java.util.Optional;

/**
 * An incident told from two windows of requests.
 *
 * @param baseline the window when all was well
 * @param incident the window to be judged
 * @param findings culprits and departures
 * @param family kind of incident; empty if nothing departs
 * @param blast how far it reached; empty if nothing departs
 * @param timeline when it began, and what happened about then; empty if nothing departs
 * @param runbook next checks; none if nothing departs
 */
public record WindowIncident(
        Traffic baseline,
        Traffic incident,
        Findings findings,
        Optional<FamilyVerdict> family,
        Optional<BlastRadius> blast,
        Optional<Timeline> timeline,
        List<RunbookStep> runbook) {

    /**
     * What a window holds.
     *
     * @param name as the user named it
     * @param requests traces
     * @param spans of them
     * @param logs log records that belong to spans
     * @param series series of metrics
     * @param start nanoseconds since the epoch at which its first request begins, 0 without requests
     * @param end nanoseconds since the epoch at which its last request begins
     */
    public record Traffic(String name, int requests, int spans, int logs, int series, long start, long end) {}

    /** True if something departs that nothing explains. */
    public boolean isIncident() {
        return !findings.culprits().isEmpty();
    }

    /** What to look at first. */
    public Optional<Culprit> first() {
        return findings.culprits().stream().findFirst();
    }
}
