package io.dettrace.incident.report;

import io.dettrace.incident.request.Hop;
import io.dettrace.incident.request.IncidentDiff;
import io.dettrace.incident.request.RequestIncident;
import io.dettrace.incident.runbook.RunbookStep;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report on an incident as Markdown, to be pasted into a postmortem. */
public final class IncidentMarkdown {
    private static final int SHOWN_HOPS = 40;

    private final RequestIncident incident;
    private final StringBuilder out = new StringBuilder();

    private IncidentMarkdown(RequestIncident incident) {
        this.incident = incident;
    }

    /** The report, with the difference from a baseline that is an incident itself. */
    public static String of(RequestIncident incident, Optional<IncidentDiff> diff) {
        IncidentMarkdown report = new IncidentMarkdown(incident);
        report.line("# "
                + (incident.isIncident()
                        ? "Incident: " + incident.family().family().key()
                        : "No incident"));
        report.line("");
        report.line(escape(incident.summary()));
        if (incident.isIncident()) {
            report.cause();
            report.blast();
            report.timeline();
            diff.filter(d -> d.baseline().isIncident()).ifPresent(report::difference);
            report.runbook();
        }
        return report.out.toString();
    }

    private void cause() {
        section("What failed first");
        incident.firstIncorrect()
                .ifPresent(f -> line("- First incorrect hop against the baseline: " + escape(f.sentence()) + " ("
                        + code(f.place()) + ")"));
        incident.causes().ifPresent(c -> {
            line("- First failing hop: " + code(c.first().edge()) + ", "
                    + code(
                            c.first().reason().isEmpty()
                                    ? c.first().outcome().key()
                                    : c.first().reason())
                    + " (" + code(c.first().place()) + ")");
            line("- Root to symptom: " + code(String.join(" -> ", c.labels())));
        });
        line("- Family: " + code(incident.family().family().key())
                + String.format(
                        Locale.ROOT, ", fits %.0f %%", 100 * incident.family().fit()));
        incident.family().evidence().forEach(e -> line("  - " + escape(e)));
    }

    private void blast() {
        section("Blast radius");
        line("| | services |");
        line("|---|---|");
        row("root", incident.blast().root().map(List::of).orElse(List.of()));
        row("directly impacted", incident.blast().direct());
        row("upstream", incident.blast().upstream());
        row("downstream", incident.blast().downstream());
        row("not touched", incident.blast().untouched());
    }

    private void row(String what, List<String> services) {
        line("| " + what + " | "
                + (services.isEmpty()
                        ? "none"
                        : String.join(
                                ", ",
                                services.stream().map(IncidentMarkdown::code).toList()))
                + " |");
    }

    private void timeline() {
        section("Timeline");
        line("Suspected trigger: " + code(incident.correlation().trigger()) + ".");
        incident.correlation().evidence().forEach(e -> line("- " + escape(e)));
        line("");
        line("| event | ms | hop | what | took ms | where |");
        line("|---|---|---|---|---|---|");
        List<Hop> hops = incident.request().hops();
        Optional<Long> start = incident.correlation().start();
        List<Hop> shown = hops.size() <= SHOWN_HOPS
                ? hops
                : hops.stream()
                        .filter(h -> h.isBad() || h.act().ordinal() > 0)
                        .limit(SHOWN_HOPS)
                        .toList();
        for (Hop h : shown) {
            String at = start.isPresent() && h.hasTime() ? "+" + (h.time() - start.get()) / 1_000_000 : "";
            line("| " + h.index() + " | " + at + " | " + code(h.edge()) + " | " + code(what(h)) + " | "
                    + (h.latency() < 0 ? "" : IncidentJson.millis(h.latency())) + " | " + code(h.place()) + " |");
        }
        if (shown.size() < hops.size()) {
            line("");
            line(shown.size() + " of " + hops.size() + " hops are shown: those that failed or did something about it.");
        }
    }

    private static String what(Hop hop) {
        return hop.operation() + (hop.isBad() && !hop.reason().isEmpty() ? ": " + hop.reason() : "");
    }

    private void difference(IncidentDiff diff) {
        section("Against the baseline incident");
        line(escape(diff.summary()));
        line("");
        line("| hop | baseline ms | candidate ms |");
        line("|---|---|---|");
        for (IncidentDiff.EdgeLatency l : diff.latencies()) {
            line("| " + code(l.edge()) + " | " + millis(l.before()) + " | " + millis(l.after()) + " |");
        }
    }

    private static String millis(Optional<Long> nanos) {
        return nanos.map(n -> Long.toString(IncidentJson.millis(n))).orElse("");
    }

    private void runbook() {
        if (incident.runbook().isEmpty()) {
            return;
        }
        section("Next checks");
        int number = 1;
        for (RunbookStep step : incident.runbook()) {
            line(number++ + ". **" + step.step() + "**: " + escape(step.guidance()));
            line("");
            line("   ```");
            step.queries().forEach(q -> line("   # " + q.tool() + "\n   " + q.text()));
            line("   ```");
        }
    }

    private void section(String title) {
        line("");
        line("## " + title);
        line("");
    }

    /** Text that Markdown takes for text, in one line. */
    static String escape(String text) {
        return text.replaceAll("\\R", " ").replaceAll("[\\\\`*\\[\\]<|]|(?<!\\w)_|_(?!\\w)", "\\\\$0");
    }

    static String code(String text) {
        String plain = text.replaceAll("\\R", " ").replace("`", "'").replace("|", "\\|");
        return plain.isEmpty() ? "" : "`" + plain + "`";
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
