package io.dettrace.timing;

import io.dettrace.clocks.ClockTable;
import io.dettrace.clocks.CorrectedTime;
import java.util.function.UnaryOperator;

/**
 * Which lanes of two runs share a clock, and how far the clocks are apart in each.
 *
 * @param domainOfLane the clock domain of a lane by its name
 * @param baseline the clocks of the baseline
 * @param candidate the clocks of the candidate
 */
public record TimingClocks(UnaryOperator<String> domainOfLane, ClockTable baseline, ClockTable candidate) {
    /** A time as the reference clock of its run would have shown it. */
    CorrectedTime correct(int side, String domain, long time) {
        return (side == 0 ? baseline : candidate).correct(domain, time);
    }
}
