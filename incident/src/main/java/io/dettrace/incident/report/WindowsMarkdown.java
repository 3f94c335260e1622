package io.dettrace.incident.report;

import io.dettrace.incident.WindowIncident;
import io.dettrace.incident.blast.ServiceEffect;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.runbook.RunbookStep;
import java.util.List;
import java.util.Locale;

/** The report on an incident of many requests as Markdown, to be pasted into a postmortem. */
public final class WindowsMarkdown {
    private static final int CULPRITS = 5;
    private static final int EVIDENCE = 5;
    private static final int EVENTS = 20;

    private final StringBuilder out = new StringBuilder();

    private WindowsMarkdown() {}

    /** The report. */
    public static String of(WindowIncident incident) {
        WindowsMarkdown report = new WindowsMarkdown();
        report.line(
                "# %s",
                incident.first()
                        .map(c -> "Incident: " + IncidentMarkdown.escape(c.service()))
                        .orElse("No incident"));
        report.line("");
        report.line("| window | requests | spans | log records | series |");
        report.line("|---|---|---|---|---|");
        for (WindowIncident.Traffic t : List.of(incident.baseline(), incident.incident())) {
            report.line(
                    "| %s | %d | %d | %d | %d |",
                    IncidentMarkdown.escape(t.name()), t.requests(), t.spans(), t.logs(), t.series());
        }
        if (incident.isIncident()) {
            report.culprits(incident);
            report.blast(incident);
            report.timeline(incident);
            report.runbook(incident);
        }
        return report.out.toString();
    }

    private void culprits(WindowIncident incident) {
        line("\n## Culprits\n");
        incident.family()
                .ifPresent(f -> line(
                        "Family %s, fits %.0f %%.\n",
                        IncidentMarkdown.code(f.family().key()), 100 * f.fit()));
        line("| | service | score | evidence |");
        line("|---|---|---|---|");
        int number = 1;
        for (Culprit c : incident.findings().culprits().stream().limit(CULPRITS).toList()) {
            line(
                    "| %d | %s | %.3f | %s |",
                    number++,
                    IncidentMarkdown.escape(c.service()),
                    c.score(),
                    String.join(
                            "<br>",
                            c.evidence().stream()
                                    .limit(EVIDENCE)
                                    .map(Departure::sentence)
                                    .map(IncidentMarkdown::escape)
                                    .toList()));
        }
        incident.first()
                .filter(c -> !c.requests().isEmpty())
                .ifPresent(
                        c -> line("\nSeen best in trace %s.", IncidentMarkdown.code(String.join(", ", c.requests()))));
    }

    private void blast(WindowIncident incident) {
        incident.blast().ifPresent(b -> {
            line("\n## Blast radius\n");
            line(
                    "%d services, %.0f %% of the requests, %.0f %% of the entry points.\n",
                    b.effects().size(), 100 * b.requests(), 100 * b.entryShare());
            line("| service | changed | median | p95 |");
            line("|---|---|---|---|");
            for (ServiceEffect e : b.effects()) {
                line(
                        "| %s | %+.0f %% | %+.1f ms | %+.1f ms |",
                        IncidentMarkdown.escape(e.service()),
                        100 * e.changed().estimate(),
                        e.median().estimate(),
                        e.high().estimate());
            }
        });
    }

    private void timeline(WindowIncident incident) {
        incident.timeline().ifPresent(t -> {
            line("\n## Timeline\n");
            if (t.onset() != null) {
                line("- Began %s", WindowsText.time(t.onset().time()));
            }
            t.events().stream()
                    .limit(EVENTS)
                    .forEach(e -> line(
                            "- %s %s: %s (%s)",
                            WindowsText.time(e.happening().time()),
                            IncidentMarkdown.escape(e.happening().service()),
                            IncidentMarkdown.escape(e.happening().text()),
                            e.strength()));
            if (t.suspectedTrigger() != null) {
                line(
                        "- Suspected trigger: %s",
                        IncidentMarkdown.escape(t.suspectedTrigger().happening().text()));
            }
        });
    }

    private void runbook(WindowIncident incident) {
        line("\n## Next\n");
        int number = 1;
        for (RunbookStep step : incident.runbook()) {
            line("%d. **%s**: %s", number++, step.step(), IncidentMarkdown.escape(step.guidance()));
            step.queries().forEach(q -> line("   - %s: %s", q.tool(), IncidentMarkdown.code(q.text())));
        }
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
