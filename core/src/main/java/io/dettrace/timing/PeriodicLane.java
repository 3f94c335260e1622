package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Events of one kind that are periodic in a lane of the baseline.
 *
 * @param first the first of them in the baseline
 * @param baseline how they keep their period there
 * @param candidate how they keep it in the candidate, empty if they are not periodic there, or too few
 * @param lost true if there are enough of them in the candidate, and they are not periodic
 */
public record PeriodicLane(EventPoint first, Periodic baseline, Optional<Periodic> candidate, boolean lost) {
    /**
     * Parts in a million by which the candidate's period is longer.
     *
     * @param rate nanoseconds of the candidate for one of the baseline
     */
    public double drift(double rate) {
        return candidate.isEmpty() ? 0 : (candidate.get().period() / rate / baseline.period() - 1) * 1e6;
    }

    /** How many times the baseline's greatest jitter must go into the period for a break to be no jitter. */
    private static final int STEADY = 16;

    /** True if the baseline keeps its period throughout: none missed, none double, no gap off by a sixteenth of it, no change. */
    public boolean isSteady() {
        return baseline.missed() + baseline.doubled() + baseline.changes() == 0
                && STEADY * baseline.greatest() <= baseline.period();
    }

    /** True if the baseline is steady and the candidate misses activations, has double ones, changes the period or has lost it. */
    public boolean isBroken() {
        return isSteady()
                && (lost
                        || candidate
                                .map(c -> c.missed() + c.doubled() + c.changes() > 0)
                                .orElse(false));
    }

    /** The first event that breaks the period, empty if none does. */
    public Optional<EventPoint> firstBreak() {
        return isBroken() ? candidate.flatMap(PeriodicLane::firstOff) : Optional.empty();
    }

    private static Optional<EventPoint> firstOff(Periodic p) {
        return Stream.of(p.firstMissed(), p.firstDoubled(), p.firstChange().map(PeriodChange::at))
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(EventPoint::index));
    }
}
