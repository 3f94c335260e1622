package io.dettrace.report;

import io.dettrace.compare.Side;
import io.dettrace.timing.DelayRules;
import io.dettrace.timing.TimingVerdict;
import io.dettrace.timing.Tolerance;
import io.dettrace.timing.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The timing verdict as a section of the report for a terminal. */
final class TimingText {
    private final Explanation explanation;
    private final TimingVerdict timing;
    private final Paint paint;
    private final EventWords words;
    private final StringBuilder out = new StringBuilder();

    TimingText(Explanation explanation, TimingVerdict timing, boolean colour) {
        this.explanation = explanation;
        this.timing = timing;
        paint = new Paint(colour);
        words = new EventWords(explanation, paint);
    }

    String render() {
        line("");
        line(verdict());
        line(paint.text("2", "  " + heldAgainst()));
        if (timing.rate() != 1) {
            line(String.format(
                    Locale.ROOT,
                    "  All durations of the candidate are %s times the baseline's: another clock rate, or all of it at"
                            + " another speed. Delays are compared after scaling.",
                    rate(timing.rate())));
        }
        if (timing.rounding() > 0) {
            line("  Durations agree up to the clocks' resolution, which is allowed: "
                    + Durations.text(timing.rounding()) + ".");
        }
        violations();
        out.append(new LateRootsText(explanation, timing, paint).render());
        out.append(new PeriodsText(explanation, timing, paint).render());
        leftOut();
        return out.toString();
    }

    private String verdict() {
        TimingVerdict.Counts c = timing.counts();
        switch (timing.outcome()) {
            case ON_TIME:
                return paint.text("1;32", "TIMING: ON TIME") + "  "
                        + (timing.noisy()
                                ? kept() + "; the own delays of " + c.roots() + " of " + Count.of(c.judged(), "event")
                                        + " differ and have no say"
                                : (timing.budgets() > 0 ? kept() + "; " : "") + "the own delays of "
                                        + Count.of(c.judged(), "event") + " are within bounds");
            case NO_TIMES:
                return paint.text("1;33", "TIMING: NO VERDICT") + "  "
                        + (c.untimed() > 0
                                ? "the events have no times; name their field with --time"
                                : "no event has an own delay to compare");
            case UNCLEAR:
                if (!timing.noisy()) {
                    return paint.text("1;33", "TIMING: UNCLEAR") + "  " + withinClocks();
                }
                return paint.text("1;33", "TIMING: UNCLEAR") + "  the own delays of " + c.roots() + " of "
                        + Count.of(c.judged(), "event") + " differ: one baseline cannot tell a fault from noise";
            default:
                return paint.text("1;31", "TIMING: OFF TIME") + "  " + offTime();
        }
    }

    private String withinClocks() {
        TimingVerdict.Counts c = timing.counts();
        return Count.of(c.withinClocks(), "delay") + " between clocks " + (c.withinClocks() == 1 ? "is" : "are")
                + " out of bounds, but by no more than the clocks' error (up to " + Durations.text(c.clockError())
                + ")";
    }

    private String kept() {
        return timing.budgets() == 1 ? "the budget is kept" : "all " + timing.budgets() + " budgets are kept";
    }

    private String offTime() {
        TimingVerdict.Counts c = timing.counts();
        List<String> parts = new ArrayList<>();
        if (timing.noisy()) {
            return Count.of(timing.violations().size(), "broken budget") + "; the own delays of " + c.roots() + " of "
                    + Count.of(c.judged(), "event") + " differ and have no say";
        }
        if (c.roots() > c.early()) {
            parts.add(Count.of(c.roots() - c.early(), "late root"));
        }
        if (c.early() > 0) {
            parts.add(Count.of(c.early(), "early root"));
        }
        if (!timing.violations().isEmpty()) {
            parts.add(Count.of(timing.violations().size(), "broken budget"));
        }
        long broken = timing.periodsBrokenOnly().size();
        if (broken > 0) {
            parts.add(Count.of(broken, "broken period"));
        }
        if (c.repeated() > 0) {
            parts.add(Count.of(c.repeated(), "repetition"));
        }
        if (c.inherited() > 0) {
            parts.add(Count.of(c.inherited(), "event") + (c.inherited() == 1 ? " inherits" : " inherit"));
        }
        return String.join(", ", parts);
    }

    private String heldAgainst() {
        if (timing.learnt().orElse(null) instanceof DelayRules profile) {
            return profile(profile);
        }
        if (timing.learnt().isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "held against the own delays of %s (%s from %s)%s; outside the ranges themselves chance alone puts at"
                            + " most %.1f of this run's",
                    Count.of(timing.learnt().get().runs(), "passing run"),
                    Count.of(timing.learnt().get().size(), "range"),
                    Count.of(timing.learnt().get().events(), "delay"),
                    beyond(),
                    timing.counts().chance());
        }
        return timing.tolerance().equals(Tolerance.EXACT)
                ? "held against one baseline: own delays must be equal (--timing-tolerance allows more)"
                : "held against one baseline: own delays may differ by " + tolerance();
    }

    private String profile(DelayRules profile) {
        String beyond = timing.tolerance().equals(Tolerance.EXACT) ? "" : ", and " + tolerance() + " beyond";
        String bound = profile.tested() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; at most %.1f %% of passing runs leave one of the %s as %s seen, and the profile's are wider",
                        100 * profile.falseAlarmBound(),
                        Count.of(profile.tested(), "range"),
                        profile.tested() == 1 ? "it was" : "they were");
        return "held against the profile's " + Count.of(profile.size(), "rule") + " for own delays"
                + (profile.runs() > 0 ? ", learnt from " + Count.of(profile.runs(), "passing run") : "") + beyond
                + bound;
    }

    private String beyond() {
        return timing.tolerance().equals(Tolerance.EXACT)
                ? ", each widened by its width"
                : ", and " + tolerance() + " beyond";
    }

    private String tolerance() {
        Tolerance t = timing.tolerance();
        String share = String.format(Locale.ROOT, "%s %%", number(t.relative() * 100));
        if (t.relative() == 0) {
            return Durations.text(t.absolute());
        }
        return t.absolute() == 0 ? share : Durations.text(t.absolute()) + " or " + share + ", whichever is more";
    }

    // ---- what is out of bounds -------------------------------------------------------------------------------------

    private void violations() {
        for (Violation v : timing.violations()) {
            line("");
            String what =
                    v.never() ? "no answer within " + Durations.text(v.actual()) : "took " + Durations.text(v.actual());
            line("  " + paint.text("1;31", "budget broken") + " " + v.budget().text() + ": " + paint.text("1", what)
                    + " at " + words.of(Side.CANDIDATE, v.first()));
            v.since().filter(s -> !v.never()).ifPresent(s -> line("    counted from " + words.of(Side.CANDIDATE, s)));
            if (v.count() > 1) {
                line("    broken " + v.count() + " times, at worst " + Durations.text(v.worst()));
            }
        }
    }

    // ---- what the verdict does not rest on -------------------------------------------------------------------------

    private void leftOut() {
        TimingVerdict.Counts c = timing.counts();
        note(c.untimed(), "has no time", "have no times");
        note(c.disturbed(), "follows a logical difference", "follow a logical difference");
        note(
                c.backwards(),
                "is earlier than what came before it: clocks disagree, see dettrace clocks",
                "are earlier than what came before them: clocks disagree, see dettrace clocks");
        note(
                c.anotherClock(),
                "follows from another clock, and how far it is off is not known",
                "follow from another clock, and how far it is off is not known");
        if (c.withinClocks() > 0 && timing.outcome() != TimingVerdict.Outcome.UNCLEAR) {
            line(paint.text("2", "  unclear: " + withinClocks()));
        }
        note(c.starts(), "begins a lane and follows from nothing", "begin a lane and follow from nothing");
        note(c.forgotten(), "follows from one too far back", "follow from ones too far back");
        note(c.unlearnt(), "has no learnt range", "have no learnt range");
        if (c.untracked() > 0) {
            line(paint.text(
                    "33",
                    "  note: " + Count.of(c.untracked(), "event")
                            + " not looked at for periods: too many lanes and kinds"));
        }
    }

    private void note(long n, String one, String many) {
        if (n > 0 && timing.outcome() != TimingVerdict.Outcome.NO_TIMES) {
            line(paint.text("2", "  not judged: " + Count.of(n, "event") + " that " + (n == 1 ? one : many)));
        }
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%.9f", rate).replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static String number(double value) {
        return rate(value);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
