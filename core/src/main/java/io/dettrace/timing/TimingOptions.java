package io.dettrace.timing;

import java.util.Optional;

/**
 * What a timing verdict is held against.
 *
 * @param tolerance how far an own delay may be from the baseline's, or beyond a learnt range; if empty delays must be equal,
 *     and runs that differ in general get no verdict
 * @param ranges what own delays may be, as passing runs or a profile say
 * @param budgets hard limits
 * @param clocks which lanes have clocks of their own, and how far these are apart; empty if all lanes share one
 */
public record TimingOptions(
        Optional<Tolerance> tolerance,
        Optional<? extends DelayLimits> ranges,
        Budgets budgets,
        Optional<TimingClocks> clocks) {
    /** Delays must be equal. */
    public static final TimingOptions DEFAULT = new TimingOptions(Optional.empty(), Optional.empty(), Budgets.NONE);

    /** For runs whose lanes share a clock. */
    public TimingOptions(Optional<Tolerance> tolerance, Optional<? extends DelayLimits> ranges, Budgets budgets) {
        this(tolerance, ranges, budgets, Optional.empty());
    }
}
