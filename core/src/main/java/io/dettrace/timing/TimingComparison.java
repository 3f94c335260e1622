package io.dettrace.timing;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.ObservedPair;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares two runs and their timing in one pass. The comparison is the same as without timing.
 *
 * <p>The first {@value #FIRST} pairs are looked at together, to see whether the clocks go at different rates; then, and for
 * all later pairs at once, {@link DelayJudge} tells. Memory is a few hundred pairs a lane.
 */
public final class TimingComparison {
    /** Pairs from which the rate of the clocks is told. */
    static final int FIRST = 8_192;

    /** Roots up to which runs that are held against each other exactly are never called unclear. */
    static final int FEW = 3;

    /** Share of own delays that may be off before runs that are held against each other exactly are unclear. */
    static final double NOISY = 0.05;

    private final TimingOptions options;
    private final Tolerance tolerance;
    private final BudgetMonitor budgets;
    private final PeriodMonitor[] periods = {new PeriodMonitor(), new PeriodMonitor()};
    private final RecentTimes[] times = {new RecentTimes(), new RecentTimes()};
    private List<ObservedPair> first = new ArrayList<>();
    private ClockScale scale;
    private DelayJudge judge;

    private TimingComparison(TimingOptions options, List<String> kindPaths) throws IOException {
        this.options = options;
        tolerance = options.tolerance().orElse(Tolerance.EXACT);
        budgets = new BudgetMonitor(options.budgets(), kindPaths);
    }

    /** Both verdicts. */
    public record Result(Comparison comparison, TimingVerdict timing) {}

    /**
     * Compares.
     *
     * @param kindPaths the fields that tell the kind of an event
     */
    public static Result compare(
            Run baseline,
            Run candidate,
            CompareOptions options,
            TimingOptions timing,
            List<String> kindPaths,
            Progress progress)
            throws IOException {
        TimingComparison t = new TimingComparison(timing, kindPaths);
        EventTap a = new EventTap(baseline, (at, lane, kind, time) -> {
            t.times[0].event(at, lane, kind, time);
            t.periods[0].event(at, lane, kind, time);
        });
        EventTap b = new EventTap(candidate, (at, lane, kind, time) -> {
            t.times[1].event(at, lane, kind, time);
            t.periods[1].event(at, lane, kind, time);
            t.budgets.event(at, lane, kind, time);
        });
        Comparison comparison = RunComparator.observe(a, b, options, progress, t::paired);
        return new Result(comparison, t.verdict());
    }

    private void paired(ObservedPair pair) {
        if (first == null) {
            judge.paired(pair);
            return;
        }
        first.add(pair.copy());
        if (first.size() == FIRST) {
            begin();
        }
    }

    private void begin() {
        scale = options.ranges().isPresent()
                ? ClockScale.none(first, tolerance)
                : ClockScale.of(first, tolerance, options.clocks());
        judge = new DelayJudge(options, tolerance, scale, budgets, times);
        first.forEach(judge::paired);
        first = null;
    }

    private TimingVerdict verdict() {
        if (first != null) {
            begin();
        }
        TimingCounts c = judge.counts();
        List<Violation> violations = budgets.violations();
        List<PeriodicLane> periodic = periodic();
        boolean noisy = options.tolerance().isEmpty()
                && options.ranges().isEmpty()
                && c.roots > Math.max(FEW, NOISY * c.judged);
        boolean broken = !violations.isEmpty() || periodic.stream().anyMatch(PeriodicLane::isBroken);
        TimingVerdict.Outcome outcome;
        if (!violations.isEmpty() || !noisy && (c.roots > 0 || broken)) {
            outcome = TimingVerdict.Outcome.OFF_TIME;
        } else if (noisy && options.budgets().all().isEmpty() || !noisy && c.withinClocks > 0) {
            outcome = TimingVerdict.Outcome.UNCLEAR;
        } else {
            outcome = c.judged == 0 ? TimingVerdict.Outcome.NO_TIMES : TimingVerdict.Outcome.ON_TIME;
        }
        return new TimingVerdict(
                outcome,
                noisy,
                options.budgets().all().size(),
                tolerance,
                options.ranges(),
                scale.rate(),
                scale.rounding(),
                judge.roots(),
                violations,
                periodic,
                counts(c));
    }

    private TimingVerdict.Counts counts(TimingCounts c) {
        return new TimingVerdict.Counts(
                c.judged,
                c.roots,
                c.early,
                c.inherited,
                c.repeated,
                c.caughtUp,
                c.untimed,
                c.disturbed,
                c.forgotten,
                c.backwards,
                c.starts,
                c.unlearnt,
                c.chance,
                judge.excesses().quantile(0.99),
                c.anotherClock,
                c.withinClocks,
                c.clockError,
                periods[0].leftOut() + periods[1].leftOut());
    }

    private List<PeriodicLane> periodic() {
        Map<PeriodMonitor.Key, PeriodTrack> theirs = periods[1].tracks();
        List<PeriodicLane> lanes = new ArrayList<>();
        periods[0].tracks().forEach((key, track) -> {
            Optional<Periodic> mine = track.result(periods[0].begun());
            PeriodTrack other = theirs.get(key);
            if (mine.isPresent()) {
                lanes.add(new PeriodicLane(
                        track.first,
                        mine.get(),
                        other == null ? Optional.empty() : other.result(periods[1].begun()),
                        other != null && other.isIrregular()));
            }
        });
        lanes.sort(Comparator.comparing((PeriodicLane l) -> !l.isBroken())
                .thenComparing(l -> l.first().lane())
                .thenComparingLong(l -> l.first().ordinal()));
        return lanes;
    }
}
