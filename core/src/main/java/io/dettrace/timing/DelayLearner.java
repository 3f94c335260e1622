package io.dettrace.timing;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.ObservedPair;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Learns the own delays of passing runs: of one, and of others where they correspond to it. */
public final class DelayLearner {
    private final List<Map<DelayRanges.Key, DelayRange>> runs = new ArrayList<>();

    /** What was learnt up to now. */
    public DelayRanges ranges() {
        DelayRanges ranges = new DelayRanges();
        runs.forEach(ranges::add);
        return ranges;
    }

    /** What each run showed, in the order in which they were learnt. */
    public List<Map<DelayRanges.Key, DelayRange>> runs() {
        return List.copyOf(runs);
    }

    /**
     * Learns from a pair of passing runs.
     *
     * @param both false if the baseline was learnt already
     */
    public void learn(Run baseline, Run other, boolean both, CompareOptions options) throws IOException {
        Map<DelayRanges.Key, DelayRange> first = new HashMap<>();
        Map<DelayRanges.Key, DelayRange> second = new HashMap<>();
        observe(
                baseline,
                other,
                options,
                (pair, side, after, delay) -> add(side == 0 ? first : second, pair, after, delay));
        if (both) {
            runs.add(first);
        }
        runs.add(second);
    }

    /** Is told own delays. */
    public interface Observer {
        /**
         * An event has a delay of its own.
         *
         * @param side 0 for the baseline's event of the pair, 1 for the other's
         * @param after digest of the kind of what enabled it
         * @param delay nanoseconds
         */
        void delay(ObservedPair pair, int side, int after, long delay);
    }

    /** Tells the own delays of events that correspond. */
    public static void observe(Run baseline, Run other, CompareOptions options, Observer observer) throws IOException {
        OwnDelay own = new OwnDelay();
        RunComparator.observe(baseline, other, options, Progress.NONE, pair -> {
            if (own.of(pair) == OwnDelay.Known.BOTH) {
                for (int side = 0; side < 2; side++) {
                    observer.delay(pair, side, own.enablingKind(side), pair.time(side) - own.enabled(side));
                }
            }
            own.add(pair, 0, null);
        });
    }

    private static void add(Map<DelayRanges.Key, DelayRange> to, ObservedPair pair, int after, long delay) {
        DelayRange seen = new DelayRange(delay, delay, 1, 1);
        DelayRanges.Key key = new DelayRanges.Key(DelayRanges.role(pair.laneName()), pair.kind(), after);
        to.merge(key, seen, DelayRange::withinRun);
        to.merge(key.general(), seen, DelayRange::withinRun);
    }
}
