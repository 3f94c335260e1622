package io.dettrace.report;

import io.dettrace.compare.EventPoint;
import io.dettrace.compare.Side;
import io.dettrace.event.SourceRef;
import io.dettrace.timing.LateRoot;
import io.dettrace.timing.Periodic;
import io.dettrace.timing.PeriodicLane;
import io.dettrace.timing.TimingVerdict;
import io.dettrace.timing.Tolerance;
import io.dettrace.timing.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The timing verdict as a section of the report for a terminal. */
final class TimingText {
    static final int SHOWN_ROOTS = 10;
    private static final int SHOWN_STEPS = 8;
    static final int SHOWN_PERIODIC = 10;
    private static final int SHOWN_WHEN_UNCLEAR = 3;

    private final Explanation explanation;
    private final TimingVerdict timing;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    TimingText(Explanation explanation, TimingVerdict timing, boolean colour) {
        this.explanation = explanation;
        this.timing = timing;
        this.paint = new Paint(colour);
    }

    /** Adds the places of the events that reports show. */
    static void collect(TimingVerdict timing, Set<SourceRef> baseline, Set<SourceRef> candidate) {
        for (LateRoot root :
                timing.roots().stream().limit(TimingJson.SHOWN_ROOTS).toList()) {
            baseline.add(root.baseline().source());
            candidate.add(root.candidate().source());
            root.enabling().ifPresent(e -> candidate.add(e.source()));
            for (LateRoot.Step step : root.reached()) {
                baseline.add(step.baseline().source());
                candidate.add(step.candidate().source());
            }
        }
        for (Violation v : timing.violations()) {
            candidate.add(v.first().source());
            v.since().ifPresent(e -> candidate.add(e.source()));
        }
        for (PeriodicLane lane :
                timing.periodic().stream().limit(TimingJson.SHOWN_PERIODIC).toList()) {
            baseline.add(lane.first().source());
            lane.baseline().firstMissed().ifPresent(e -> baseline.add(e.source()));
            lane.baseline().firstDoubled().ifPresent(e -> baseline.add(e.source()));
            lane.candidate().flatMap(Periodic::firstMissed).ifPresent(e -> candidate.add(e.source()));
            lane.candidate().flatMap(Periodic::firstDoubled).ifPresent(e -> candidate.add(e.source()));
        }
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
        roots();
        periodic();
        leftOut();
        return out.toString();
    }

    private String verdict() {
        TimingVerdict.Counts c = timing.counts();
        switch (timing.outcome()) {
            case ON_TIME:
                return paint.text("1;32", "TIMING: ON TIME") + "  "
                        + (timing.noisy()
                                ? kept() + "; the own delays of " + c.roots() + " of " + count(c.judged(), "event")
                                        + " differ and have no say"
                                : (timing.budgets() > 0 ? kept() + "; " : "") + "the own delays of "
                                        + count(c.judged(), "event") + " are within bounds");
            case NO_TIMES:
                return paint.text("1;33", "TIMING: NO VERDICT") + "  "
                        + (c.untimed() > 0
                                ? "the events have no times; name their field with --time"
                                : "no event has an own delay to compare");
            case UNCLEAR:
                return paint.text("1;33", "TIMING: UNCLEAR") + "  the own delays of " + c.roots() + " of "
                        + count(c.judged(), "event") + " differ: one baseline cannot tell a fault from noise";
            default:
                return paint.text("1;31", "TIMING: OFF TIME") + "  " + offTime();
        }
    }

    private String kept() {
        return timing.budgets() == 1 ? "the budget is kept" : "all " + timing.budgets() + " budgets are kept";
    }

    private String offTime() {
        TimingVerdict.Counts c = timing.counts();
        List<String> parts = new ArrayList<>();
        if (timing.noisy()) {
            return count(timing.violations().size(), "broken budget") + "; the own delays of " + c.roots() + " of "
                    + count(c.judged(), "event") + " differ and have no say";
        }
        if (c.roots() > c.early()) {
            parts.add(count(c.roots() - c.early(), "late root"));
        }
        if (c.early() > 0) {
            parts.add(count(c.early(), "early root"));
        }
        if (!timing.violations().isEmpty()) {
            parts.add(count(timing.violations().size(), "broken budget"));
        }
        long broken = timing.periodic().stream().filter(PeriodicLane::isBroken).count();
        if (broken > 0) {
            parts.add(count(broken, "broken period"));
        }
        if (c.inherited() > 0) {
            parts.add(count(c.inherited(), "event") + (c.inherited() == 1 ? " inherits" : " inherit"));
        }
        return String.join(", ", parts);
    }

    private String heldAgainst() {
        if (timing.learnt().isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "held against the own delays of %s (%s from %s)%s; outside the ranges themselves chance alone puts at"
                            + " most %.1f of this run's",
                    count(timing.learnt().get().runs(), "passing run"),
                    count(timing.learnt().get().size(), "range"),
                    count(timing.learnt().get().events(), "delay"),
                    beyond(),
                    timing.counts().chance());
        }
        return timing.tolerance().equals(Tolerance.EXACT)
                ? "held against one baseline: own delays must be equal (--timing-tolerance allows more)"
                : "held against one baseline: own delays may differ by " + tolerance();
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
                    + " at " + event(Side.CANDIDATE, v.first()));
            v.since().filter(s -> !v.never()).ifPresent(s -> line("    counted from " + event(Side.CANDIDATE, s)));
            if (v.count() > 1) {
                line("    broken " + v.count() + " times, at worst " + Durations.text(v.worst()));
            }
        }
    }

    private void roots() {
        boolean unclear = timing.noisy();
        int shown = Math.min(timing.roots().size(), unclear ? SHOWN_WHEN_UNCLEAR : SHOWN_ROOTS);
        if (unclear) {
            line("");
            line("  99 % of the own delays differ by at most "
                    + Durations.text(timing.counts().typical())
                    + ". Allow that with --timing-tolerance, or give more good runs with --timing-baseline.");
            line("  The greatest differences:");
        }
        for (LateRoot root : timing.roots().subList(0, shown)) {
            if (!unclear) {
                line("");
            }
            root(root, !unclear);
        }
        long more = timing.counts().roots() - shown;
        if (more > 0 && !unclear) {
            line("");
            line("  … and " + count(more, "more root") + " with smaller differences");
        }
        if (!unclear && areAlikeAndApart()) {
            line("");
            line(
                    "  Lanes are off by the same and none reaches another: if they wait for each other, name the field that"
                            + " links them (--message, --link), and one root is left.");
        }
    }

    /** True if the same lateness begins in several lanes that no link joins. */
    private boolean areAlikeAndApart() {
        Map<Long, String> laneOf = new HashMap<>();
        boolean alike = false;
        for (LateRoot r : timing.roots()) {
            String lane = r.candidate().lane();
            alike |= !laneOf.getOrDefault(r.excess(), lane).equals(lane);
            laneOf.putIfAbsent(r.excess(), lane);
        }
        return alike && timing.roots().stream().allMatch(r -> r.reached().isEmpty());
    }

    private void root(LateRoot r, boolean inFull) {
        String what = r.isEarly() ? "early by " : "late by ";
        line("  " + paint.text(inFull ? "1" : "", what + Durations.text(Math.abs(r.excess()))) + ": "
                + event(Side.CANDIDATE, r.candidate()));
        String range = r.range().isPresent()
                ? ", in passing runs " + Durations.text(r.range().get().low()) + " to "
                        + Durations.text(r.range().get().high())
                : "";
        line("    its own delay is " + Durations.text(r.actual()) + ", in the baseline "
                + Durations.text(r.expected()) + range + ", after "
                + r.enabling().map(e -> event(Side.CANDIDATE, e)).orElse("the start of the run"));
        if (r.inherited() != 0) {
            line("    beside that it inherits " + Durations.text(Math.abs(r.inherited()))
                    + (r.inherited() > 0 ? " of lateness" : " of being early") + " from another root");
        }
        if (inFull && r.inheritedEvents() > 0) {
            path(r);
        }
    }

    private void path(LateRoot r) {
        line("    " + count(r.inheritedEvents(), "later event") + (r.inheritedEvents() == 1 ? " inherits" : " inherit")
                + " it" + (r.homeEvents() > 0 ? ", " + r.homeEvents() + " of them in its own lane" : "")
                + (r.reached().isEmpty() ? "" : "; it reaches"));
        List<LateRoot.Step> steps = r.reached();
        for (LateRoot.Step s : steps.subList(0, Math.min(SHOWN_STEPS, steps.size()))) {
            String by = s.from() < 0
                    ? ""
                    : ", by way of " + steps.get(s.from()).candidate().lane();
            line("      " + event(Side.CANDIDATE, s.candidate()) + ": "
                    + (s.lateness() < 0 ? "early, " : "late, ") + "inherited "
                    + Durations.text(Math.abs(s.lateness())) + by
                    + paint.text("2", " (" + count(s.events(), "event") + ")"));
        }
        if (steps.size() > SHOWN_STEPS) {
            line("      … and " + (steps.size() - SHOWN_STEPS) + (r.lanesLeftOut() ? " or more" : "") + " more lanes");
        }
    }

    // ---- periods ---------------------------------------------------------------------------------------------------

    private void periodic() {
        if (timing.periodic().isEmpty()) {
            return;
        }
        line("");
        line("  " + paint.text("1", "Periodic events") + " (found in the baseline)");
        List<PeriodicLane> steady =
                timing.periodic().stream().filter(PeriodicLane::isSteady).toList();
        List<PeriodicLane> changed = steady.stream().filter(this::isRemarkable).toList();
        long kept = steady.size() - changed.size();
        long rough = timing.periodic().size() - steady.size();
        if (rough > 0) {
            line("    " + count(rough, "lane and kind", "lanes and kinds") + (rough == 1 ? " is" : " are")
                    + " periodic with exceptions in the baseline too (--format json has the numbers)");
        }
        if (kept > 0) {
            line("    " + count(kept, "lane and kind", "lanes and kinds") + (kept == 1 ? " keeps its" : " keep their")
                    + " period as in the baseline");
        }
        for (PeriodicLane p : changed.stream().limit(SHOWN_PERIODIC).toList()) {
            line("    " + (p.isBroken() ? paint.text("31", name(p)) : name(p)));
            line("      baseline   " + text(p.baseline(), Side.BASELINE));
            line("      candidate  "
                    + p.candidate()
                            .map(c -> text(c, Side.CANDIDATE) + drift(p))
                            .orElse(p.lost() ? "not periodic" : "too few to tell"));
        }
        if (changed.size() > SHOWN_PERIODIC) {
            line("    … and " + (changed.size() - SHOWN_PERIODIC) + " more");
        }
    }

    /** True if the candidate's period is not as regular as the baseline's, or another one. */
    private boolean isRemarkable(PeriodicLane p) {
        if (p.candidate().isEmpty()) {
            return true;
        }
        Periodic mine = p.baseline();
        Periodic theirs = p.candidate().get();
        double little = mine.period() / 1e4;
        return mine.missed() != theirs.missed()
                || mine.doubled() != theirs.doubled()
                || Math.abs(theirs.greatest() / timing.rate() - mine.greatest()) > little
                || Math.abs(p.drift(timing.rate())) > 100;
    }

    private String name(PeriodicLane p) {
        String lane = explanation.isOrderOnly() ? "" : p.first().lane() + ": ";
        return lane + explanation.brief(explanation.expected(p.first()));
    }

    private String drift(PeriodicLane p) {
        double drift = p.drift(timing.rate());
        return Math.abs(drift) < 0.05 ? "" : String.format(Locale.ROOT, ", period %+.1f ppm", drift);
    }

    private String text(Periodic p, Side side) {
        return "period " + Durations.measured(p.period()) + ", phase " + Durations.measured(p.phase()) + ", jitter "
                + Durations.measured(p.jitter()) + " (at most " + Durations.text(p.greatest()) + "), "
                + count(p.activations(), "activation")
                + irregular(p.missed(), "missed", p.firstMissed(), side)
                + irregular(p.doubled(), "double", p.firstDoubled(), side);
    }

    private String irregular(long n, String what, Optional<EventPoint> first, Side side) {
        return n == 0
                ? ""
                : ", " + n + " " + what + " (" + (what.equals("missed") ? "before " : "first ")
                        + explanation.place(side, first.orElseThrow()) + ")";
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
        note(c.starts(), "begins a lane and follows from nothing", "begin a lane and follow from nothing");
        note(c.forgotten(), "follows from one too far back", "follow from ones too far back");
        note(c.unlearnt(), "has no learnt range", "have no learnt range");
        if (c.untracked() > 0) {
            line(paint.text(
                    "33",
                    "  note: " + count(c.untracked(), "event")
                            + " not looked at for periods: too many lanes and kinds"));
        }
    }

    private void note(long n, String one, String many) {
        if (n > 0 && timing.outcome() != TimingVerdict.Outcome.NO_TIMES) {
            line(paint.text("2", "  not judged: " + count(n, "event") + " that " + (n == 1 ? one : many)));
        }
    }

    private String event(Side side, EventPoint point) {
        String lane = explanation.isOrderOnly() ? "" : point.lane() + ": ";
        return lane + explanation.brief(explanation.original(side, point)) + " "
                + paint.text("2", "(event " + point.index() + ", " + explanation.place(side, point) + ")");
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%.9f", rate).replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static String number(double value) {
        return rate(value);
    }

    private static String count(long n, String what) {
        return count(n, what, what + "s");
    }

    private static String count(long n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
