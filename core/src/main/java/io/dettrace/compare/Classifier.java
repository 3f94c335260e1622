package io.dettrace.compare;

import java.util.Arrays;

/** Which class a difference inside one lane has. */
final class Classifier {
    private Classifier() {}

    /** The class of a lane that has ended in one run and goes on, by one event or more, in the other. */
    static DivergenceClass ofTail(LaneState lane, Side longer, long label, boolean single) {
        boolean missing = longer == Side.BASELINE;
        if (lane.read[longer.other().ordinal()] == 0) {
            return missing ? DivergenceClass.LANE_MISSING : DivergenceClass.LANE_EXTRA;
        }
        return single ? oneSided(lane, missing, label) : DivergenceClass.ENDED_EARLY;
    }

    static DivergenceClass oneSided(LaneState lane, boolean missing, long label) {
        // Beside a lane are events of one kind, which follow each other without being repeated.
        long repeats = lane.home == lane.number ? lane.repeatsOf(label) : 0;
        if (repeats > 1) {
            return DivergenceClass.REPEATED_COUNT;
        }
        if (missing) {
            return DivergenceClass.MISSING;
        }
        return repeats == 1 ? DivergenceClass.DUPLICATED : DivergenceClass.EXTRA;
    }

    /** The class of heads that differ in {@code region}. */
    static DivergenceClass ofRegion(LaneState lane, Resync.Window a, Resync.Window b, Resync.Region region) {
        if (region.candidate() == 0 || region.baseline() == 0) {
            boolean missing = region.candidate() == 0;
            long[] surplus = (missing ? a : b).labels();
            int n = Math.max(region.baseline(), region.candidate());
            if (n == 1) {
                return oneSided(lane, missing, surplus[0]);
            }
            if (lane.repeatsLoop(surplus, n) || isUniform(surplus, n) && lane.repeatsOf(surplus[0]) > 0) {
                return DivergenceClass.REPEATED_COUNT;
            }
            return missing ? DivergenceClass.MISSING : DivergenceClass.EXTRA;
        }
        boolean sameCount = region.baseline() == region.candidate();
        if (region.aligned() && sameCount && region.baseline() > 1 && Resync.isPermutation(a, b, region.baseline())) {
            return DivergenceClass.MOVED;
        }
        return sameCount && a.kinds()[0] == b.kinds()[0] ? DivergenceClass.VALUE : DivergenceClass.SUBSTITUTED;
    }

    private static boolean isUniform(long[] labels, int n) {
        return Arrays.stream(labels, 0, n).allMatch(l -> l == labels[0]);
    }
}
