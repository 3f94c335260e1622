package io.dettrace.report;

import io.dettrace.compare.EventPoint;
import io.dettrace.compare.Side;
import io.dettrace.timing.Periodic;
import io.dettrace.timing.PeriodicLane;
import io.dettrace.timing.TimingVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Periodic events of two runs, for a terminal. */
final class PeriodsText {
    private static final int SHOWN_PERIODIC = 10;

    private final Explanation explanation;
    private final TimingVerdict timing;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    PeriodsText(Explanation explanation, TimingVerdict timing, Paint paint) {
        this.explanation = explanation;
        this.timing = timing;
        this.paint = paint;
    }

    String render() {
        if (timing.periodic().isEmpty()) {
            return "";
        }
        line("");
        line("  " + paint.text("1", "Periodic events") + " (found in the baseline)");
        List<PeriodicLane> steady =
                timing.periodic().stream().filter(PeriodicLane::isSteady).toList();
        List<PeriodicLane> changed = steady.stream().filter(this::isRemarkable).toList();
        long kept = steady.size() - changed.size();
        long rough = timing.periodic().size() - steady.size();
        if (rough > 0) {
            line("    " + Count.of(rough, "lane and kind", "lanes and kinds") + (rough == 1 ? " is" : " are")
                    + " periodic with exceptions in the baseline too (--format json has the numbers)");
        }
        if (kept > 0) {
            line("    " + Count.of(kept, "lane and kind", "lanes and kinds")
                    + (kept == 1 ? " keeps its" : " keep their") + " period as in the baseline");
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
        return out.toString();
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
                || mine.changes() != theirs.changes()
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
                + Count.of(p.activations(), "activation")
                + irregular(p.missed(), "missed", p.firstMissed(), side)
                + irregular(p.doubled(), "double", p.firstDoubled(), side)
                + p.firstChange()
                        .map(c -> "\n                 period changed at " + explanation.place(side, c.at()) + " from "
                                + Durations.measured(c.from()) + " to " + Durations.measured(c.to())
                                + (p.changes() > 1 ? ", and " + Count.of(p.changes() - 1, "time") + " more" : ""))
                        .orElse("");
    }

    private String irregular(long n, String what, Optional<EventPoint> first, Side side) {
        return n == 0
                ? ""
                : ", " + n + " " + what + " (" + (what.equals("missed") ? "before " : "first ")
                        + explanation.place(side, first.orElseThrow()) + ")";
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
