package io.dettrace.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A lane of which some kinds of events have lanes of their own beside it, because they come in any order to some of the
 * others.
 *
 * <p>A missing event there leaves heads that agree and block each other: the next event of its kind stands in its place, and
 * needs what is behind. The order in which the events of the lane and of those beside it came in each run tells that from an
 * inversion: behind a missing event they go on in step.
 */
final class SplitLane {
    private static final int FEW = 2;

    private SplitLane() {}

    /**
     * Events of one lane that have no counterpart.
     *
     * @param side the run that has them
     * @param events how many, from the lane's head on
     */
    record Surplus(LaneState lane, Side side, int events) {}

    /** True if the lanes are parts of one. */
    static boolean isOne(List<LaneState> lanes) {
        return lanes.stream().allMatch(l -> l.home == lanes.get(0).home);
    }

    /** True if so many events of the lanes were read in both runs, or all. */
    static boolean isFull(List<LaneState> lanes, RunComparator comparator, int window) {
        for (Side side : Side.values()) {
            int read = lanes.stream().mapToInt(l -> l.queue(side).size()).sum();
            if (read < window && !comparator.hasEnded(side)) {
                return false;
            }
        }
        return true;
    }

    /** The first events that one run has besides, if behind them the lanes go on in step; empty if they do not. */
    static Optional<Surplus> surplus(List<LaneState> lanes, RunComparator comparator, int window) {
        Merged a = new Merged(lanes, Side.BASELINE, window);
        Merged b = new Merged(lanes, Side.CANDIDATE, window);
        if (a.size < FEW && b.size < FEW) {
            return Optional.empty();
        }
        Resync.Region region = Resync.find(a.window(comparator), b.window(comparator), window, 0, false);
        if (!region.aligned() || region.baseline() > 0 && region.candidate() > 0) {
            return Optional.empty();
        }
        Merged longer = region.baseline() > 0 ? a : b;
        int events = 0;
        for (int i = 0; i < Math.max(region.baseline(), region.candidate()); i++) {
            events += longer.lane[i] == longer.lane[0] ? 1 : 0;
        }
        return Optional.of(new Surplus(longer.lane[0], longer.side, events));
    }

    /** The next events of all the lanes in one run, in the order in which they came. */
    private static final class Merged {
        final Side side;
        final LaneState[] lane;
        final long[] label;
        final long[] kind;
        int size;
        private final boolean all;

        Merged(List<LaneState> lanes, Side side, int window) {
            this.side = side;
            int read = lanes.stream().mapToInt(l -> l.queue(side).size()).sum();
            all = read <= window;
            int most = Math.min(window, read);
            lane = new LaneState[most];
            label = new long[most];
            kind = new long[most];
            int[] at = new int[lanes.size()];
            while (size < most) {
                int next = next(lanes, at);
                LaneState from = lanes.get(next);
                lane[size] = from;
                label[size] = from.queue(side).label(at[next]) * 31 + from.number;
                kind[size++] = from.queue(side).kind(at[next]++) * 31L + from.number;
            }
        }

        private int next(List<LaneState> lanes, int[] at) {
            int next = -1;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < at.length; i++) {
                EventQueue queue = lanes.get(i).queue(side);
                if (at[i] < queue.size() && queue.index(at[i]) < least) {
                    least = queue.index(at[i]);
                    next = i;
                }
            }
            return next;
        }

        Resync.Window window(RunComparator comparator) {
            return new Resync.Window(
                    Arrays.copyOf(label, size), Arrays.copyOf(kind, size), all && comparator.hasEnded(side));
        }
    }
}
