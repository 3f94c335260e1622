package io.dettrace.incident;

import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.runbook.Runbook;
import io.dettrace.incident.runbook.RunbookCase;
import io.dettrace.incident.runbook.RunbookStep;
import io.dettrace.incident.window.Window;
import java.util.List;
import java.util.Optional;

/** Makes an incident of two windows: culprits, family, blast radius, next checks. */
public final class WindowAnalysis {
    private final Window baseline;
    private final Window incident;
    private final double level;

    /**
     * For two windows that share their names.
     *
     * @param level share of false ones among what is reported, such as 0.05
     */
    public WindowAnalysis(Window baseline, Window incident, double level) {
        this.baseline = baseline;
        this.incident = incident;
        this.level = level;
    }

    /** What they say, with the names by which the user knows them. */
    public WindowIncident of(String baselineName, String incidentName) {
        IncidentAnalysis analysis = IncidentAnalysis.of(baseline, incident, level);
        WindowIncident.Traffic now = traffic(incidentName, incident);
        Optional<IncidentAnalysis> found =
                analysis.findings().culprits().isEmpty() ? Optional.empty() : Optional.of(analysis);
        return new WindowIncident(
                traffic(baselineName, baseline),
                now,
                analysis.findings(),
                found.map(IncidentAnalysis::family),
                found.map(IncidentAnalysis::blast),
                found.map(IncidentAnalysis::timeline),
                found.map(a -> runbook(a, now)).orElse(List.of()));
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

    private static List<RunbookStep> runbook(IncidentAnalysis found, WindowIncident.Traffic incident) {
        Culprit culprit = found.findings().culprits().get(0);
        Departure cause = culprit.cause();
        boolean isOperation = cause.kind() == Departure.Kind.STRUCTURE
                || cause.kind() == Departure.Kind.OWN_TIME
                || cause.kind() == Departure.Kind.FAILURE && cause.subject().indexOf('>') < 0;
        return Runbook.of(new RunbookCase(
                found.family().family(),
                culprit.service(),
                Optional.of(cause.callee()).filter(s -> !s.isEmpty()),
                found.blast().upstream().stream()
                        .filter(found.blast().direct()::contains)
                        .findFirst(),
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
                found.timeline().events().stream()
                        .map(e -> e.happening().text() + " (" + e.strength() + ")")
                        .toList()));
    }
}
