package io.dettrace.report;

import io.dettrace.event.InputNote;
import io.dettrace.oracle.history.Linearizability;
import io.dettrace.oracle.history.Linearizability.Counterexample;
import io.dettrace.oracle.history.Linearizability.Step;
import io.dettrace.oracle.history.Linearizability.Undecided;
import io.dettrace.oracle.history.Linearizability.Violation;
import io.dettrace.oracle.history.Operation;
import io.dettrace.oracle.history.Place;
import io.dettrace.oracle.history.Value;
import io.dettrace.oracle.history.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The answer about a history for people: verdict, first violation, the few calls that show it, what would have fit. */
public final class HistoryTextReport {
    private static final int SHOWN_STEPS = 8;
    private static final int SHOWN_OPERATIONS = 20;
    private static final int SHOWN_UNDECIDED = 5;

    private final HistoryReport it;
    private final Linearizability found;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private HistoryTextReport(HistoryReport it, boolean colour) {
        this.it = it;
        this.found = it.found();
        this.paint = new Paint(colour);
    }

    /**
     * The text.
     *
     * @param colour true to mark with ANSI escape sequences
     */
    public static String render(HistoryReport report, boolean colour) {
        HistoryTextReport it = new HistoryTextReport(report, colour);
        it.all();
        return it.out.toString();
    }

    /** The answer in one line. */
    public static String line(HistoryReport report) {
        Linearizability found = report.found();
        String verdict = String.format(Locale.ROOT, "%-16s  %s", words(found.verdict()), report.name());
        if (found.violation().isPresent()) {
            Operation o = found.violation().get().operation();
            return verdict + ":" + o.returnedAt().orElse(o.invokedAt()).line() + "  " + HistoryWords.sentence(o);
        }
        if (!found.undecided().isEmpty()) {
            Undecided u = found.undecided().get(0);
            return verdict + ":"
                    + u.from().returnedAt().orElse(u.from().invokedAt()).line() + "  all before can be explained";
        }
        return verdict;
    }

    private static String words(Verdict verdict) {
        return verdict.name().replace('_', ' ');
    }

    private void all() {
        line(paint.text(
                switch (found.verdict()) {
                    case LINEARIZABLE -> "1;32";
                    case NOT_LINEARIZABLE -> "1;31";
                    case UNDECIDED -> "1;33";
                },
                words(found.verdict())));
        line("  history  " + it.name());
        line("  model    " + found.model() + " (" + it.why() + ")");
        line("");
        found.violation().ifPresent(this::violation);
        found.undecided().stream().limit(SHOWN_UNDECIDED).forEach(this::undecided);
        if (found.undecided().size() > SHOWN_UNDECIDED) {
            line("… and " + (found.undecided().size() - SHOWN_UNDECIDED) + " more parts that are not decided");
        }
        if (found.verdict() == Verdict.LINEARIZABLE) {
            line("Every call may have taken effect at one moment between its beginning and its end.");
        }
        line("");
        footer();
    }

    // ---- the violation ---------------------------------------------------------------------------------------------

    private void violation(Violation v) {
        Operation o = v.operation();
        line(paint.text("1", "First violation") + " at " + place(o) + of(v.part()) + ": process " + o.process() + ", "
                + paint.text("1", HistoryWords.sentence(o)));
        line("  called at " + o.invokedAt() + "; no order of the calls up to here explains it"
                + (v.exact() ? "" : " (nor perhaps a place before: a limit was reached)"));
        if (!v.wouldFit().isEmpty()) {
            line("  would have fit: "
                    + v.wouldFit().stream().map(HistoryWords::outcome).collect(Collectors.joining(", "))
                    + (v.allThatFit() ? "" : ", perhaps more"));
        } else if (o.ending() == Operation.Ending.FAIL && found.refused() == 0) {
            line("  a call that failed has no effect, but what it would have done was seen");
        }
        line("");
        counterexample(v.counterexample());
        witness(v);
    }

    private String of(Value part) {
        return part.equals(Value.NIL) ? "" : ", " + part;
    }

    private void counterexample(Counterexample c) {
        line("  " + Count.of(c.operations().size(), "call") + " of " + c.of()
                + (c.operations().size() == 1 ? " shows it" : " show it")
                + (c.minimal() ? ", and none of them can be spared:" : " (fewer might: a limit was reached):"));
        line("");
        List<String> picture = c.operations().size() > SHOWN_OPERATIONS ? List.of() : HistoryDiagram.of(c.operations());
        picture.forEach(row -> line("    " + row));
        if (!picture.isEmpty()) {
            line("");
        }
        List<Operation> shown = c.operations()
                .subList(
                        Math.max(0, c.operations().size() - SHOWN_OPERATIONS),
                        c.operations().size());
        if (shown.size() < c.operations().size()) {
            line("    … " + (c.operations().size() - shown.size()) + " before");
        }
        for (Operation o : shown) {
            line(String.format(
                    Locale.ROOT, "    %-15s  process %s  %s", lines(o), o.process(), HistoryWords.operation(o)));
        }
        line("");
        line("  It holds even if every other call took effect at any time after it began, with any result, or never.");
    }

    private void witness(Violation v) {
        List<Step> steps = v.witness();
        if (steps.isEmpty()) {
            return;
        }
        line("");
        line("  Without what this call returned, one order explains everything up to here"
                + (steps.size() > SHOWN_STEPS ? "; it ends:" : ":"));
        for (Step s : steps.subList(Math.max(0, steps.size() - SHOWN_STEPS), steps.size())) {
            boolean now = s.operation() == v.operation();
            line(String.format(
                    Locale.ROOT,
                    "    %-15s  process %s  %s  → %s",
                    lines(s.operation()),
                    s.operation().process(),
                    now ? HistoryWords.call(s.operation()) : HistoryWords.operation(s.operation()),
                    shorten(s.state())));
        }
    }

    private static String shorten(String state) {
        return HistoryWords.value(new Value.Text(state))
                .replaceAll("^\"|\"$", "")
                .replace("\\\"", "\"");
    }

    private String lines(Operation o) {
        String what = it.hasLines() ? "line " : "event ";
        return what
                + o.invokedAt().line()
                + o.returnedAt()
                        .filter(r -> o.returned() != Operation.NEVER)
                        .map(r -> "–" + r.line())
                        .orElse("–");
    }

    private static Place place(Operation o) {
        return o.returnedAt().orElse(o.invokedAt());
    }

    private void undecided(Undecided u) {
        line("Not decided" + of(u.part()) + ": " + u.explained() + " of " + u.operations()
                + " calls can be explained, up to " + place(u.from()));
        line(String.format(
                Locale.ROOT,
                "  the limit of %,d configurations or %,d steps was reached; --max-states allows more",
                it.limits().states(),
                it.limits().steps()));
    }

    // ---- the rest --------------------------------------------------------------------------------------------------

    private void footer() {
        StringBuilder counts = new StringBuilder(Count.of(found.operations(), "call"));
        if (found.parts() > 1) {
            counts.append(" in ").append(Count.of(found.parts(), "independent part"));
        }
        if (found.unknown() > 0) {
            counts.append(String.format(Locale.ROOT, "; %,d of unknown outcome", found.unknown()));
        }
        if (found.refused() > 0) {
            counts.append(
                    String.format(Locale.ROOT, "; %,d that failed, taken as refused by the object", found.refused()));
        }
        if (found.leftOut() > 0) {
            counts.append(String.format(Locale.ROOT, "; %,d that failed and so did not happen", found.leftOut()));
        }
        line(counts.toString());
        if (found.byValues() > 0) {
            line("decided without a search, as no value was put twice"
                    + (found.byValues() < found.parts() ? ": " + Count.of(found.byValues(), "part") : ""));
        }
        if (found.byValues() < found.parts()) {
            line(String.format(
                    Locale.ROOT, "searched: %,d configurations at most, %,d steps", found.mostStates(), found.steps()));
        }
        line("fields: " + String.join(", ", it.fields()) + (it.sorted() ? "; in the order of times" : ""));
        for (InputNote n : it.notes()) {
            line(String.format(
                    Locale.ROOT, "note: %,d %s (%s, first at %s)", n.count(), n.message(), n.code(), n.first()));
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
