package io.dettrace.incident;

import io.dettrace.incident.blast.BlastFinder;
import io.dettrace.incident.blast.BlastRadius;
import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.CulpritFinder;
import io.dettrace.incident.culprit.Findings;
import io.dettrace.incident.family.FamilyFinder;
import io.dettrace.incident.family.FamilyVerdict;
import io.dettrace.incident.timeline.Timeline;
import io.dettrace.incident.timeline.TimelineFinder;
import io.dettrace.incident.window.Happening;
import io.dettrace.incident.window.Window;
import java.util.List;

/**
 * All that two windows say of an incident.
 *
 * @param findings who is to blame, and what departs
 * @param family what kind of incident it was
 * @param blast what it hit
 * @param timeline when it began, and what happened about then
 */
public record IncidentAnalysis(Findings findings, FamilyVerdict family, BlastRadius blast, Timeline timeline) {
    /**
     * Compares an incident with a baseline; both share their names.
     *
     * @param level share of false ones among what is reported, such as 0.05
     */
    public static IncidentAnalysis of(Window baseline, Window incident, double level) {
        return of(baseline, incident, level, List.of());
    }

    /** The same with more that happened than the incident's window tells. */
    public static IncidentAnalysis of(Window baseline, Window incident, double level, List<Happening> told) {
        Comparison c = new Comparison(baseline, incident);
        Findings findings = new CulpritFinder(c, level).find();
        String root =
                findings.culprits().isEmpty() ? "" : findings.culprits().get(0).service();
        return new IncidentAnalysis(
                findings,
                FamilyFinder.find(c, findings),
                new BlastFinder(c, level).find(root),
                new TimelineFinder(c, findings).find(told));
    }
}
