package io.dettrace.learn;

import io.dettrace.timing.DelayRule;
import java.util.List;

/**
 * What was learnt of how long events take.
 *
 * @param rules the rules, by kind and lane
 * @param atFirst for each run whether all its delays keep to the ranges of all others, each as wide again on either side;
 *     ranges that were not kept were widened further. The reference comes first; empty if events have no times
 */
public record LearntDelays(List<DelayRule> rules, List<Boolean> atFirst) {
    /** Nothing. */
    static final LearntDelays NONE = new LearntDelays(List.of(), List.of());

    /** Ranges that a further passing run could leave. */
    public int quantities() {
        return (int) rules.stream().filter(r -> r.range().isPresent()).count();
    }

    /** Runs whose delays keep to the ranges of the others. */
    public long cleanRuns() {
        return atFirst.stream().filter(c -> c).count();
    }

    /**
     * Upper bound of the probability that a further passing run has a delay outside of a range as it was seen: 2/(N + 1) for
     * each range, as in {@link Learnt#falseAlarmBound}, 1 at most.
     */
    public double falseAlarmBound(int runs) {
        return Math.min(1, 2.0 * quantities() / (runs + 1));
    }
}
