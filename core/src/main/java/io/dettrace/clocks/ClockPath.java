package io.dettrace.clocks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The links from a clock to its reference, one behind the other. */
final class ClockPath {
    private static final ClockLink[] NO_LINK = {};

    private final ClockLink[] links;
    private final ClockQuality quality;

    ClockPath(List<ClockLink> links) {
        this.links = links.toArray(NO_LINK);
        ClockQuality worst = ClockQuality.REFERENCE;
        for (ClockLink link : links) {
            worst = worst.or(link.quality);
        }
        quality = worst;
    }

    int hops() {
        return links.length;
    }

    ClockQuality quality() {
        return quality;
    }

    /** A time of the clock by the reference. */
    CorrectedTime correct(long time) {
        long estimate = time;
        long least = time;
        long most = time;
        for (ClockLink link : links) {
            estimate = link.estimate(estimate);
            least = least == Long.MIN_VALUE ? least : link.least(least);
            most = most == Long.MAX_VALUE ? most : link.most(most);
        }
        boolean bounded = quality.compareTo(ClockQuality.ACCURATE) <= 0;
        return new CorrectedTime(estimate, bounded ? error(least, estimate, most) : CorrectedTime.UNKNOWN);
    }

    /** The distance of the farther bound. */
    static long error(long least, long estimate, long most) {
        return Math.max(Saturating.minus(most, estimate), Saturating.minus(estimate, least));
    }

    /** How the error of a clock that is known from one side lies. */
    ClockBound bound() {
        boolean below = true;
        boolean above = true;
        for (ClockLink link : links) {
            below &= link.quality != ClockQuality.APPROXIMATE || link.forward == 0;
            above &= link.quality != ClockQuality.APPROXIMATE || link.backward == 0;
        }
        if (quality == ClockQuality.CONTRADICTORY || !below && !above) {
            return ClockBound.NONE;
        }
        // A clock whose reference time is at least t is ahead by at most so much.
        return below && above ? ClockBound.BOTH : below ? ClockBound.AT_MOST : ClockBound.AT_LEAST;
    }

    /** How much faster the clock runs than the reference, from the slopes of the links. */
    double skew(ToDoubleFunction<ClockLink> slope) {
        double rate = 1;
        for (ClockLink link : links) {
            rate *= 1 + slope.applyAsDouble(link);
        }
        return 1 / rate - 1;
    }
}
