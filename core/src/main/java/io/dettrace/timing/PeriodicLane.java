package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.Optional;

/**
 * Events of one kind that are periodic in a lane of the baseline.
 *
 * @param first the first of them in the baseline
 * @param baseline how they keep their period there
 * @param candidate how they keep it in the candidate, empty if they are not periodic there
 */
public record PeriodicLane(EventPoint first, Periodic baseline, Optional<Periodic> candidate) {
    /**
     * Parts in a million by which the candidate's period is longer.
     *
     * @param rate nanoseconds of the candidate for one of the baseline
     */
    public double drift(double rate) {
        return candidate.isEmpty() ? 0 : (candidate.get().period() / rate / baseline.period() - 1) * 1e6;
    }

    /** True if the baseline keeps its period throughout, and the candidate misses activations or has double ones. */
    public boolean isBroken() {
        boolean kept = baseline.missed() == 0 && baseline.doubled() == 0;
        return kept && candidate.map(c -> c.missed() + c.doubled() > 0).orElse(false);
    }
}
