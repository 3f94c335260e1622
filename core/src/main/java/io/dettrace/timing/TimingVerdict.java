package io.dettrace.timing;

import java.util.List;
import java.util.Optional;

/**
 * Whether the candidate kept time, and where it did not.
 *
 * @param outcome the verdict
 * @param noisy true if own delays were held against one baseline exactly and differ in general; then they have no say
 * @param budgets how many budgets the candidate was held against
 * @param tolerance how far own delays were allowed to be off
 * @param learnt what passing runs or a profile say, if own delays were held against it
 * @param rate nanoseconds of the candidate for one of the baseline; 1 unless all durations are the same multiple
 * @param rounding nanoseconds by which delays may differ because of the clocks' resolution
 * @param roots events that are late or early of their own, the greatest excess first, at most {@value
 *     DelayJudge#MAX_ROOTS}
 * @param violations budgets that were broken, in the order of their file
 * @param periodic lanes with periodic events, broken ones first, then by lane and place
 * @param counts what it rests on
 */
public record TimingVerdict(
        Outcome outcome,
        boolean noisy,
        int budgets,
        Tolerance tolerance,
        Optional<? extends DelayLimits> learnt,
        double rate,
        long rounding,
        List<LateRoot> roots,
        List<Violation> violations,
        List<PeriodicLane> periodic,
        Counts counts) {

    /** The verdicts. */
    public enum Outcome {
        /** Nothing is out of bounds. */
        ON_TIME,
        /** An event is late or early of its own, a budget is broken, or a period. */
        OFF_TIME,
        /**
         * The delays of the runs differ in general, so that one baseline tells nothing, and there are no budgets; or nothing but
         * delays between clocks is out of bounds, by less than the clocks' error.
         */
        UNCLEAR,
        /** No two durations could be compared, as events have no times. */
        NO_TIMES;

        /** The stable name. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What a verdict rests on, in pairs of events.
     *
     * @param judged own delays held against what is expected
     * @param roots those out of bounds
     * @param early those of them that came early
     * @param inherited events that are late, or early, only because of a root
     * @param repeated events that are off by the same as the one of their kind and lane before them, which counts as their root
     * @param caughtUp events that made up for lateness
     * @param untimed pairs without times
     * @param disturbed pairs behind a logical difference, whose predecessors differ
     * @param forgotten pairs that name a predecessor too far back
     * @param backwards pairs that are earlier than a predecessor: clocks of lanes disagree
     * @param starts first events of lanes that nothing enables
     * @param unlearnt pairs for which passing runs showed no delay
     * @param chance how many of the judged delays are expected outside the learnt ranges, at most, though nothing is wrong
     * @param typical difference between the runs' own delays that 99 % of them keep, in nanoseconds
     * @param anotherClock pairs that follow from an event of another clock, of which it is not known how far it is off
     * @param withinClocks delays between clocks that are out of bounds by less than the clocks' error
     * @param clockError the greatest of those errors, in nanoseconds
     * @param untracked events that were not looked at for periods, as there were too many lanes and kinds
     */
    public record Counts(
            long judged,
            long roots,
            long early,
            long inherited,
            long repeated,
            long caughtUp,
            long untimed,
            long disturbed,
            long forgotten,
            long backwards,
            long starts,
            long unlearnt,
            double chance,
            long typical,
            long anotherClock,
            long withinClocks,
            long clockError,
            long untracked) {}

    /** True if something is out of bounds. */
    public boolean isOffTime() {
        return outcome == Outcome.OFF_TIME;
    }

    /** Broken periods whose first break is no root itself, which would be the same finding. */
    public List<PeriodicLane> periodsBrokenOnly() {
        return periodic.stream()
                .filter(PeriodicLane::isBroken)
                .filter(p -> p.firstBreak()
                        .filter(e -> roots.stream().anyMatch(r -> r.candidate().equals(e)))
                        .isEmpty())
                .toList();
    }
}
