package io.dettrace.timing;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.ObservedPair;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Run;
import java.io.IOException;

/** Learns the own delays of passing runs: of one, and of others where they correspond to it. */
public final class DelayLearner {
    private final DelayRanges ranges = new DelayRanges();

    /** What was learnt up to now. */
    public DelayRanges ranges() {
        return ranges;
    }

    /**
     * Learns from a pair of passing runs.
     *
     * @param both false if the baseline was learnt already
     */
    public void learn(Run baseline, Run other, boolean both, CompareOptions options) throws IOException {
        OwnDelay own = new OwnDelay();
        DelayRanges.Batch first = new DelayRanges.Batch();
        DelayRanges.Batch second = new DelayRanges.Batch();
        RunComparator.observe(baseline, other, options, Progress.NONE, pair -> {
            if (own.of(pair) == OwnDelay.Known.BOTH) {
                learn(first, pair, 0, own);
                learn(second, pair, 1, own);
            }
            own.add(pair, 0, null);
        });
        if (both) {
            ranges.add(first);
        }
        ranges.add(second);
    }

    private static void learn(DelayRanges.Batch to, ObservedPair pair, int side, OwnDelay own) {
        to.add(DelayRanges.role(pair.laneName()), pair.kind(), pair.time(side) - own.enabled(side));
    }
}
