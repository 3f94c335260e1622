package io.dettrace.incident.report;

import io.dettrace.incident.request.Causes;
import io.dettrace.incident.request.Correlation;
import io.dettrace.incident.request.IncidentDiff;
import io.dettrace.incident.request.RequestBlast;
import io.dettrace.incident.request.RequestIncident;
import io.dettrace.incident.runbook.RunbookStep;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report on an incident for a terminal. */
public final class IncidentText {
    private final RequestIncident incident;
    private final StringBuilder out = new StringBuilder();

    private IncidentText(RequestIncident incident) {
        this.incident = incident;
    }

    /** The report, with the difference from a baseline that is an incident itself. */
    public static String of(RequestIncident incident, Optional<IncidentDiff> diff) {
        IncidentText text = new IncidentText(incident);
        text.head();
        if (incident.isIncident()) {
            text.causes();
            text.around();
            diff.filter(d -> d.baseline().isIncident())
                    .ifPresent(d -> text.line("\nAgainst the baseline: %s", d.summary()));
            text.runbook();
        }
        return text.out.toString();
    }

    private void head() {
        boolean bad = incident.isIncident();
        line(
                bad ? "INCIDENT: %s" : "NO INCIDENT%s",
                bad ? incident.family().family().key() : "");
        incident.baseline().ifPresent(b -> line("  baseline   %s, %d events", b.name(), b.events()));
        line(
                "  candidate  %s%s, %d events",
                incident.request().name(),
                incident.request().id().isEmpty()
                        ? ""
                        : ", request " + incident.request().id(),
                incident.request().events());
        line("");
        line("%s", incident.summary());
    }

    private void causes() {
        incident.firstIncorrect()
                .ifPresent(
                        f -> line("\nFirst incorrect hop, against the baseline: %s   (%s)", f.sentence(), f.place()));
        if (incident.causes().isPresent()) {
            Causes causes = incident.causes().get();
            line(
                    "\nFirst failing hop: %s, %s   (%s)",
                    causes.first().edge(),
                    causes.first().reason().isEmpty()
                            ? causes.first().outcome().key()
                            : causes.first().reason(),
                    causes.first().place());
            line("\n%s", String.join(" -> ", causes.labels()));
        }
        line(
                "\nFamily %s, fits %.0f %%",
                incident.family().family().key(), 100 * incident.family().fit());
        incident.family().evidence().forEach(e -> line("  %s", e));
        if (incident.family().nearestFit() > 0) {
            line(
                    "  nearest other: %s, %.0f %%",
                    incident.family().nearest().key(), 100 * incident.family().nearestFit());
        }
    }

    private void around() {
        RequestBlast blast = incident.blast();
        line("\nBlast radius");
        line("  root service       %s", blast.root().orElse("none"));
        line("  directly impacted  %s", listed(blast.direct()));
        line("  upstream           %s", listed(blast.upstream()));
        line("  not touched        %s", listed(blast.untouched()));
        Correlation c = incident.correlation();
        line("\nAbout that time");
        line("  suspected trigger  %s", c.trigger());
        c.evidence().forEach(e -> line("  %s", e));
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private void runbook() {
        List<RunbookStep> steps = incident.runbook();
        if (!steps.isEmpty()) {
            line("\nNext checks");
        }
        for (int i = 0; i < steps.size(); i++) {
            line("  %d. %s: %s", i + 1, steps.get(i).step(), steps.get(i).guidance());
            steps.get(i).queries().forEach(q -> line("       %-10s  %s", q.tool(), q.text()));
        }
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
