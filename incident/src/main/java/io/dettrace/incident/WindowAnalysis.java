package io.dettrace.incident;

import io.dettrace.incident.blast.BlastFinder;
import io.dettrace.incident.blast.BlastRadius;
import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.CulpritFinder;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.culprit.Findings;
import io.dettrace.incident.family.Family;
import io.dettrace.incident.family.FamilyFinder;
import io.dettrace.incident.family.FamilyVerdict;
import io.dettrace.incident.runbook.Runbook;
import io.dettrace.incident.runbook.RunbookCase;
import io.dettrace.incident.runbook.RunbookStep;
import io.dettrace.incident.window.Window;
import java.util.List;
import java.util.Optional;

/** Makes an incident of two windows: culprits, family, blast radius, next checks. */
public final class WindowAnalysis {
    private final Comparison counted;
    private final double level;

    /**
     * For two windows that share their names.
     *
     * @param level share of false ones among what is reported, such as 0.05
     */
    public WindowAnalysis(Window baseline, Window incident, double level) {
        counted = new Comparison(baseline, incident);
        this.level = level;
    }

    /** What they say, with the names by which the user knows them. */
    public WindowIncident of(String baselineName, String incidentName) {
        Findings findings = new CulpritFinder(counted, level).find();
        Optional<Culprit> first = findings.culprits().stream().findFirst();
        Optional<BlastRadius> blast = first.map(c -> new BlastFinder(counted, level).find(c.service()));
        Optional<FamilyVerdict> family = first.map(c -> FamilyFinder.find(counted, findings));
        WindowIncident.Traffic incident = traffic(incidentName, counted.incident());
        List<RunbookStep> runbook = first.map(c -> runbook(c, family, blast.orElseThrow(), incident))
                .orElse(List.of());
        return new WindowIncident(
                traffic(baselineName, counted.baseline()), incident, findings, family, blast, runbook);
    }

    private static WindowIncident.Traffic traffic(String name, Window w) {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (int r = 0; r < w.requests(); r++) {
            start = Math.min(start, w.start(w.firstSpan(r)));
            end = Math.max(end, w.start(w.firstSpan(r)));
        }
        return new WindowIncident.Traffic(
                name, w.requests(), w.spans(), w.logs(), w.series().size(), w.requests() == 0 ? 0 : start, end);
    }

    private static List<RunbookStep> runbook(
            Culprit culprit, Optional<FamilyVerdict> family, BlastRadius blast, WindowIncident.Traffic incident) {
        Departure cause = culprit.cause();
        Optional<String> callee = Optional.of(cause.callee()).filter(s -> !s.isEmpty());
        Optional<String> caller =
                blast.upstream().stream().filter(blast.direct()::contains).findFirst();
        boolean isOperation = cause.kind() == Departure.Kind.STRUCTURE
                || cause.kind() == Departure.Kind.OWN_TIME
                || cause.kind() == Departure.Kind.FAILURE && cause.subject().indexOf('>') < 0;
        return Runbook.of(new RunbookCase(
                family.map(FamilyVerdict::family).orElse(Family.UNKNOWN),
                culprit.service(),
                callee,
                caller,
                isOperation ? Optional.of(cause.subject()) : Optional.empty(),
                culprit.requests().stream().findFirst(),
                Optional.of(incident.start()),
                Optional.of(incident.end()),
                cause.kind() == Departure.Kind.FAILURE ? cause.incidentHits() : 0,
                0,
                0,
                0,
                0,
                culprit.evidence().stream().limit(3).map(Departure::sentence).toList(),
                List.of()));
    }
}
