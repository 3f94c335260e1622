package io.dettrace.incident.report;

import io.dettrace.incident.WindowIncident;
import io.dettrace.incident.blast.BlastRadius;
import io.dettrace.incident.blast.ServiceEffect;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.runbook.RunbookStep;
import io.dettrace.incident.timeline.Placed;
import io.dettrace.incident.timeline.Timeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The report on an incident of many requests for a terminal. */
public final class WindowsText {
    private static final int CULPRITS = 5;
    private static final int EVIDENCE = 3;
    private static final int EVENTS = 8;

    private final WindowIncident incident;
    private final StringBuilder out = new StringBuilder();

    private WindowsText(WindowIncident incident) {
        this.incident = incident;
    }

    /** The report. */
    public static String of(WindowIncident incident) {
        WindowsText text = new WindowsText(incident);
        text.head();
        if (incident.isIncident()) {
            text.culprits();
            text.family();
            incident.blast().ifPresent(text::blast);
            incident.timeline().ifPresent(text::timeline);
            text.runbook();
        }
        return text.out.toString();
    }

    private void head() {
        line(
                incident.isIncident() ? "INCIDENT: %s" : "NO INCIDENT",
                incident.first().map(Culprit::service).orElse(""));
        traffic("baseline", incident.baseline());
        traffic("incident", incident.incident());
        if (!incident.isIncident()) {
            line("\nNothing departs from the baseline by more than chance.");
        }
    }

    private void traffic(String what, WindowIncident.Traffic t) {
        line(
                "  %-9s  %s: %,d requests, %,d spans, %,d log records, %,d series of metrics",
                what, t.name(), t.requests(), t.spans(), t.logs(), t.series());
    }

    private void culprits() {
        line(
                "\nCulprits, the first to look at first (score: share of its requests that depart, times what it means to them)");
        List<Culprit> all = incident.findings().culprits();
        for (int i = 0; i < Math.min(CULPRITS, all.size()); i++) {
            Culprit c = all.get(i);
            line("  %d  %s  %.3f", i + 1, c.service(), c.score());
            for (Departure d :
                    c.evidence().subList(0, Math.min(EVIDENCE, c.evidence().size()))) {
                line("       %s%s", d.sentence(), explained(d));
            }
            if (!c.requests().isEmpty()) {
                line("       seen best in trace %s", String.join(", ", c.requests()));
            }
        }
        if (all.size() > CULPRITS) {
            line("  and %d more with less", all.size() - CULPRITS);
        }
    }

    private static String explained(Departure d) {
        return d.by() == null || d.explained() < 0.5
                ? ""
                : String.format(
                        Locale.ROOT, "  (%.0f %% of it follows from %s)", 100 * d.explained(), d.by().service());
    }

    private void family() {
        incident.family().ifPresent(f -> {
            line("\nFamily %s, fits %.0f %%", f.family().key(), 100 * f.fit());
            f.evidence().forEach(e -> line("  %s", e));
            if (f.nearestFit() > 0) {
                line("  nearest other: %s, %.0f %%", f.nearest().key(), 100 * f.nearestFit());
            }
        });
    }

    private void blast(BlastRadius b) {
        line(
                "\nBlast radius: %d services, %.0f %% of the requests, %.0f %% of the entry points",
                b.effects().size(), 100 * b.requests(), 100 * b.entryShare());
        for (ServiceEffect e : b.effects()) {
            line(
                    "  %-28s %s  changed %+.0f %%, median %+.1f ms, p95 %+.1f ms",
                    e.service(),
                    place(b, e.service()),
                    100 * e.changed().estimate(),
                    e.median().estimate(),
                    e.high().estimate());
        }
        if (!b.near().isEmpty()) {
            line(
                    "  near, but not hit: %s",
                    String.join(
                            ", ", b.near().stream().map(ServiceEffect::service).toList()));
        }
    }

    private static String place(BlastRadius b, String service) {
        if (service.equals(b.root())) {
            return "root      ";
        }
        if (b.upstream().contains(service)) {
            return b.direct().contains(service) ? "caller    " : "upstream  ";
        }
        if (b.downstream().contains(service)) {
            return b.direct().contains(service) ? "callee    " : "downstream";
        }
        return "elsewhere ";
    }

    private void timeline(Timeline t) {
        if (t.onset() != null) {
            line(
                    "\nBegan %s, between %s and %s%s",
                    time(t.onset().time()),
                    time(t.onset().low()),
                    time(t.onset().high()),
                    t.onset().beforeWindow() ? "; the window begins later" : "");
        }
        for (Placed e : t.events().stream().limit(EVENTS).toList()) {
            line(
                    "  %s  %-8s %-10s %s: %s, %s",
                    time(e.happening().time()),
                    key(e.happening().kind()),
                    key(e.place()),
                    e.happening().service(),
                    e.happening().text(),
                    e.strength());
        }
        if (t.events().size() > EVENTS) {
            line("  and %d more", t.events().size() - EVENTS);
        }
        if (t.suspectedTrigger() != null) {
            line("  suspected trigger: %s", t.suspectedTrigger().happening().text());
        }
    }

    private static String key(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    static String time(long nanos) {
        return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void runbook() {
        line("\nNext");
        int number = 1;
        for (RunbookStep step : incident.runbook()) {
            line("  %d. %s: %s", number++, step.step(), step.guidance());
            step.queries().forEach(q -> line("       %s: %s", q.tool(), q.text()));
        }
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
