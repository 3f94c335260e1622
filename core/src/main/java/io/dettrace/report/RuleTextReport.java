package io.dettrace.report;

import io.dettrace.event.InputNote;
import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.RuleOutcome;
import io.dettrace.oracle.rules.RuleResult;
import io.dettrace.oracle.rules.Violation;
import io.dettrace.oracle.rules.Witness;
import java.util.List;
import java.util.Locale;

/** The answer about the rules of a run for people: verdict, first violation with what led to it, the other rules. */
public final class RuleTextReport {
    private static final int SHOWN_RULES = 20;

    private final RuleReport it;
    private final RuleResult found;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private RuleTextReport(RuleReport it, boolean colour) {
        this.it = it;
        this.found = it.found();
        this.paint = new Paint(colour);
    }

    /**
     * The text.
     *
     * @param colour true to mark with ANSI escape sequences
     */
    public static String render(RuleReport report, boolean colour) {
        RuleTextReport it = new RuleTextReport(report, colour);
        it.all();
        return it.out.toString();
    }

    /** The answer in one line. */
    public static String line(RuleReport report) {
        String verdict = String.format(Locale.ROOT, "%-9s  %s", report.found().verdict(), report.name());
        return report.found()
                .first()
                .map(v -> verdict + v.event().map(e -> ":" + e.at().line()).orElse(" at its end") + "  " + v.found()
                        + (v.key().isEmpty() ? "" : " (" + v.key() + ")"))
                .orElse(verdict);
    }

    private void all() {
        line(paint.text(
                switch (found.verdict()) {
                    case KEPT -> "1;32";
                    case VIOLATED -> "1;31";
                    case UNDECIDED -> "1;33";
                },
                found.verdict().name()));
        line("  run    " + it.name());
        line("  rules  " + String.join(", ", it.rules()));
        line("");
        if (found.first().isPresent()) {
            first(found.first().get());
            others(found.first().get());
        } else if (found.verdict() == RuleResult.Verdict.KEPT) {
            kept();
        }
        undecided();
        line("");
        footer();
    }

    /** A rule that no event is spoken of by, or whose events all lack its fields, holds of nothing: that must not look fine. */
    private void kept() {
        int rules = found.rules().size();
        long idle =
                found.rules().stream().filter(r -> r.events() == r.incomplete()).count();
        String holds = rules == 1 ? "The rule holds" : "All " + Count.of(rules, "rule") + " hold";
        if (idle == 0) {
            line(holds + ".");
        } else {
            String which = rules == 1 ? "it" : idle == rules ? "all of them" : idle + " of them";
            line(holds + ", but " + which + " had no event to judge: see the notes; a name may be mistyped.");
        }
    }

    private void first(Violation v) {
        String where = v.event().map(e -> "at " + e.at()).orElse("at the end of the run");
        line(paint.text("1", "First violation") + " " + where + (v.key().isEmpty() ? "" : ", " + v.key()) + ": "
                + paint.text("1", v.found()));
        line("  expected  " + v.expected());
        line("  rule      " + v.rule().text());
        line("            " + v.rule().file() + ":" + v.rule().line());
        line("");
        for (Witness w : v.witness()) {
            event("   ", w, v);
        }
        if (v.event().isPresent()) {
            event("  " + paint.text("1;31", "!"), v.event().get(), v);
        } else {
            line("  " + paint.text("1;31", "!") + " the run ends after " + Count.of(found.events(), "event"));
        }
        line("");
        line(
                found.exact()
                        ? "  No event before it violates a rule"
                                + (found.rules().size() == 1
                                        ? "."
                                        : ", of all " + found.rules().size() + ".")
                        : "  An event before it may violate a rule that was not followed to the end.");
    }

    private void event(String mark, Witness w, Violation v) {
        boolean lane = !w.lane().isEmpty() && !v.key().equals("lane " + w.lane());
        long from = v.witness().isEmpty() ? w.time() : v.witness().get(0).time();
        boolean later = w.time() > from && from != Observation.NO_TIME;
        line(mark + " " + String.format(Locale.ROOT, "%-24s  %s", w.at(), w.what()) + (lane ? "  lane " + w.lane() : "")
                + (later ? "  +" + ClockNumbers.duration(w.time() - from) : ""));
    }

    private void others(Violation first) {
        List<RuleOutcome> violated =
                found.rules().stream().filter(r -> r.first().isPresent()).toList();
        long more = violated.stream().mapToLong(RuleOutcome::violations).sum() - 1;
        if (more == 0) {
            return;
        }
        line("");
        line("Later, " + Count.of(more, "more violation") + ":");
        for (RuleOutcome r : violated.subList(0, Math.min(SHOWN_RULES, violated.size()))) {
            boolean same = r.rule() == first.rule();
            if (same && r.violations() == 1) {
                continue;
            }
            line(String.format(
                    Locale.ROOT,
                    "  %s:%d  %,d%s  %s",
                    r.rule().file(),
                    r.rule().line(),
                    r.violations() - (same ? 1 : 0),
                    same
                            ? ""
                            : ", first "
                                    + r.first()
                                            .get()
                                            .event()
                                            .map(e -> "at " + e.at())
                                            .orElse("at the end"),
                    r.rule().text()));
        }
        if (violated.size() > SHOWN_RULES) {
            line("  … and of " + (violated.size() - SHOWN_RULES) + " more rules");
        }
    }

    private void undecided() {
        for (RuleOutcome r : found.rules()) {
            if (r.undecided()) {
                line("Not decided: " + r.rule().text() + " (" + r.rule().file() + ":"
                        + r.rule().line() + ")");
                line(String.format(
                        Locale.ROOT, "  more than %,d keys were open at a time; --max-keys allows more", it.maxKeys()));
            }
        }
    }

    private void footer() {
        line(Count.of(found.events(), "event") + " checked" + (it.merged() ? ", in the order of corrected times" : "")
                + "; kinds by " + (it.kind().isEmpty() ? "no field" : String.join(", ", it.kind()))
                + (found.cut() ? "; the run was cut" : ""));
        for (RuleOutcome r : found.rules()) {
            String where = r.rule().file() + ":" + r.rule().line();
            if (r.events() == 0) {
                line("note: no event is spoken of by the rule at " + where + ": "
                        + r.rule().text());
            } else if (!r.absent().isEmpty()) {
                line("note: no event is " + String.join(", ", r.absent()) + ", of which the rule at " + where
                        + " speaks");
            }
            if (r.events() > 0 && r.incomplete() > 0) {
                line("note: " + Count.of(r.incomplete(), "event") + " of the rule at " + where
                        + " could not be judged: a key, a number or a time is missing");
            }
        }
        if (found.backwards() > 0) {
            line("note: " + Count.of(found.backwards(), "event")
                    + " recorded after one of a later time; time limits are judged by the events' own times");
        }
        for (InputNote n : it.notes()) {
            line(String.format(
                    Locale.ROOT, "note: %,d %s (%s, first at %s)", n.count(), n.message(), n.code(), n.first()));
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
