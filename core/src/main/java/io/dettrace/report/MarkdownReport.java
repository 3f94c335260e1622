package io.dettrace.report;

import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.MatchedPair;
import io.dettrace.compare.Side;
import io.dettrace.event.Run;
import java.util.List;

/** The report as Markdown, for a ticket or a pull request. */
public final class MarkdownReport {
    private static final int SHOWN = 20;

    private final Explanation explanation;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Explanation explanation) {
        this.explanation = explanation;
    }

    /** Renders an explanation. */
    public static String render(Explanation explanation) {
        MarkdownReport report = new MarkdownReport(explanation);
        report.all();
        return report.out.toString();
    }

    private void all() {
        Comparison c = explanation.comparison();
        line("# " + (c.isEqual() ? "Equivalent" : "Diverged"));
        line("");
        String found = explanation.identicalBytes().isPresent()
                ? "the files are the same, byte for byte."
                : c.matched() + " events correspond.";
        line("Baseline `" + explanation.baseline().name() + "`, candidate `"
                + explanation.candidate().name() + "`: " + found);
        if (!c.isEqual()) {
            first(c.roots().get(0));
            list(
                    "Further roots",
                    c.roots().subList(1, c.roots().size()),
                    c.roots().size() - 1L);
            list("Downstream differences", c.effects(), c.effectCount());
        }
        explanation.timing().ifPresent(t -> {
            line("");
            line("## Timing");
            line("");
            line("```");
            out.append(new TimingText(explanation, t, false).render().stripLeading());
            line("```");
        });
        footer();
    }

    private void first(Divergence d) {
        line("");
        line("## First divergence: event " + d.index() + (explanation.isOrderOnly() ? "" : ", lane " + d.lane()));
        line("");
        line("**" + escape(explanation.sentence(d)) + "** (`" + d.type().key() + "`)");
        line("");
        line("```diff");
        for (MatchedPair p : d.before()) {
            row(' ', Side.BASELINE, p.baseline());
        }
        d.expected().ifPresent(e -> row('-', Side.BASELINE, e));
        d.actual().ifPresent(e -> row('+', Side.CANDIDATE, e));
        line("```");
        if (!explanation.differences(d).isEmpty()) {
            line("");
            line("| field | expected | got |");
            line("|---|---|---|");
            for (FieldDiff.Difference f : explanation.differences(d)) {
                line("| " + escape(f.path()) + " | " + escape(f.expected().orElse("(absent)")) + " | "
                        + escape(f.actual().orElse("(absent)")) + " |");
            }
        }
    }

    private void footer() {
        line("");
        line(explanation.isOrderOnly() ? "The recorded order is the only evidence." : "Compared lane by lane.");
        if (!explanation.leftOut().isEmpty()) {
            line("Not compared: " + escape(String.join(", ", explanation.leftOut())) + ".");
        }
        explanation.profile().ifPresent(p -> line("Profile: " + escape(p) + "."));
        explanation.profileNotes().forEach(n -> line("Note: " + escape(n) + "."));
        explanation.laneNotes().forEach(n -> line("Note: " + escape(n) + "."));
        for (Run run : List.of(explanation.baseline(), explanation.candidate())) {
            run.notes()
                    .forEach(n -> line("Note: " + escape(run.name() + ": " + n.message()) + ": " + n.count()
                            + " (first: " + escape(n.first()) + ")."));
        }
    }

    private void row(char mark, Side side, EventPoint point) {
        line(mark + " " + point.index() + "  " + explanation.line(explanation.original(side, point)) + "   ("
                + explanation.place(side, point) + ")");
    }

    private void list(String title, List<Divergence> divergences, long count) {
        if (count == 0) {
            return;
        }
        line("");
        line("## " + title + " (" + count + ")");
        line("");
        for (Divergence d : divergences.stream().limit(SHOWN).toList()) {
            line("- event " + d.index() + (explanation.isOrderOnly() ? "" : ", lane " + d.lane()) + ": "
                    + escape(explanation.sentence(d)) + " (`" + d.type().key() + "`)");
        }
        if (count > SHOWN) {
            line("- and " + (count - SHOWN) + " more");
        }
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replaceAll("\\R", " ");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
