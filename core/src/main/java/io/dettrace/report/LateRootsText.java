package io.dettrace.report;

import io.dettrace.compare.Side;
import io.dettrace.timing.DelayRules;
import io.dettrace.timing.LateRoot;
import io.dettrace.timing.TimingVerdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Late and early roots, and where their lateness goes, for a terminal. */
final class LateRootsText {
    private static final int SHOWN_ROOTS = 10;
    private static final int SHOWN_STEPS = 8;
    private static final int SHOWN_WHEN_UNCLEAR = 3;

    private final TimingVerdict timing;
    private final Paint paint;
    private final EventWords words;
    private final StringBuilder out = new StringBuilder();

    LateRootsText(Explanation explanation, TimingVerdict timing, Paint paint) {
        this.timing = timing;
        this.paint = paint;
        words = new EventWords(explanation, paint);
    }

    String render() {
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
            line("  … and " + Count.of(more, "more root") + " with smaller differences");
        }
        if (!unclear && areAlikeAndApart()) {
            line("");
            line(
                    "  Lanes are off by the same and none reaches another: if they wait for each other, name the field that"
                            + " links them (--message, --link), and one root is left.");
        }
        return out.toString();
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
                + words.of(Side.CANDIDATE, r.candidate()));
        String range = r.range().isPresent()
                ? (timing.learnt().orElse(null) instanceof DelayRules ? ", by the profile " : ", in passing runs ")
                        + Durations.text(r.range().get().low()) + " to "
                        + Durations.text(r.range().get().high())
                : "";
        line("    its own delay is " + Durations.text(r.actual()) + ", in the baseline "
                + Durations.text(r.expected()) + range + ", after "
                + r.enabling().map(e -> words.of(Side.CANDIDATE, e)).orElse("the start of the run"));
        if (r.inherited() != 0) {
            line("    beside that it inherits " + Durations.text(Math.abs(r.inherited()))
                    + (r.inherited() > 0 ? " of lateness" : " of being early") + " from another root");
        }
        if (r.repeats() > 0) {
            line("    and so "
                    + (r.repeats() == 1 ? "is the next event" : "are the next " + Count.of(r.repeats(), "event"))
                    + " of its kind in its lane, by the same again each time");
        }
        if (inFull && r.inheritedEvents() > 0) {
            path(r);
        }
    }

    private void path(LateRoot r) {
        line("    " + Count.of(r.inheritedEvents(), "later event")
                + (r.inheritedEvents() == 1 ? " inherits" : " inherit")
                + " it" + (r.homeEvents() > 0 ? ", " + r.homeEvents() + " of them in its own lane" : "")
                + (r.reached().isEmpty() ? "" : "; it reaches"));
        List<LateRoot.Step> steps = r.reached();
        for (LateRoot.Step s : steps.subList(0, Math.min(SHOWN_STEPS, steps.size()))) {
            String by = s.from() < 0
                    ? ""
                    : ", by way of " + steps.get(s.from()).candidate().lane();
            line("      " + words.of(Side.CANDIDATE, s.candidate()) + ": "
                    + (s.lateness() < 0 ? "early, " : "late, ") + "inherited "
                    + Durations.text(Math.abs(s.lateness())) + by
                    + paint.text("2", " (" + Count.of(s.events(), "event") + ")"));
        }
        if (steps.size() > SHOWN_STEPS) {
            line("      … and " + (steps.size() - SHOWN_STEPS) + (r.lanesLeftOut() ? " or more" : "") + " more lanes");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
