package io.dettrace.clocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way from one clock to another: what is known of the second clock's time when the first one shows a time. */
final class ClockLink {
    final String from;
    final String to;
    final ClockQuality quality;

    /** Messages from {@link #from} to {@link #to}, and back. */
    final long forward;

    final long backward;

    /** The middle of the messages, by the first clock. */
    final long middle;

    private final LineFit fit;
    private final MessageHull under;
    private final MessageHull over;

    /** The link from the pair's first clock to its second, or the other way if {@code swapped}. */
    ClockLink(DomainPair pair, boolean swapped, long fromResolution, long toResolution, double maxSkew) {
        from = swapped ? pair.second : pair.first;
        to = swapped ? pair.first : pair.second;
        forward = swapped ? pair.backwardCount : pair.forwardCount;
        backward = swapped ? pair.forwardCount : pair.backwardCount;
        under = swapped ? pair.backward.swapped() : pair.forward;
        over = swapped ? pair.forward.swapped() : pair.backward;
        long earliest = swapped ? pair.earliestSecond : pair.earliestFirst;
        long latest = swapped ? pair.latestSecond : pair.latestFirst;
        middle = (earliest & latest) + ((earliest ^ latest) >> 1);
        fit = new LineFit(under, over, fromResolution, toResolution, maxSkew);
        quality = fit.quality;
    }

    /** Least slope of the second clock's lead over the first; 0 for equal rates. */
    double leastSlope() {
        return fit.low;
    }

    /** Largest slope. */
    double largestSlope() {
        return fit.high;
    }

    /** Slope of the estimate. */
    double slope() {
        return fit.estimate == null ? (fit.low + fit.high) / 2 : fit.estimate.at(1) - fit.estimate.at(0);
    }

    /** The least time that the second clock can show; {@link Long#MIN_VALUE} if there is no bound. */
    long least(long t) {
        return fit.least == null ? Long.MIN_VALUE : moved(t, Math.floor(valueAt(fit.least, t, -1)));
    }

    /** The time that the second clock shows by estimate: the middle of what is possible. */
    long estimate(long t) {
        if (fit.estimate != null) {
            return moved(t, Math.rint(valueAt(fit.estimate, t, 0)));
        }
        return moved(t, Math.rint((valueAt(fit.least, t, 0) + valueAt(fit.most, t, 0)) / 2));
    }

    /** The largest time that the second clock can show; {@link Long#MAX_VALUE} if there is no bound. */
    long most(long t) {
        return fit.most == null ? Long.MAX_VALUE : moved(t, Math.ceil(valueAt(fit.most, t, 1)));
    }

    /** Half the range in the middle of the messages, or by how much the best line misses them; 0 if there is no range. */
    long error() {
        boolean bounded = fit.least != null && fit.most != null;
        return bounded ? ClockPath.error(least(middle), estimate(middle), most(middle)) : 0;
    }

    /** What cannot be told in a double is added on the safe side, {@code side} -1 or 1. */
    private double valueAt(KneeLine line, long t, int side) {
        double x = (double) t - fit.origin;
        long exact = t - fit.origin;
        if (((t ^ fit.origin) & (t ^ exact)) >= 0) {
            x = exact;
        }
        double v = line.at(x);
        return v + side * (Math.abs(x) + Math.abs(v)) * 0x1p-51;
    }

    private long moved(long t, double value) {
        return Saturating.add(Saturating.add(t, fit.shift), (long) value);
    }

    /** The messages that contradict each other. */
    Optional<ClockConflict> conflict() {
        if (fit.contradiction == null) {
            return Optional.empty();
        }
        List<MessageTimes> messages = new ArrayList<>();
        List<LineFit.Touch> touches = fit.contradiction.touches();
        int steepest = 0;
        for (int i = 0; i < touches.size(); i++) {
            messages.add(times(touches.get(i)));
            if (i + 1 < touches.size() && gap(touches, i) < gap(touches, steepest)) {
                steepest = i;
            }
        }
        return Optional.of(new ClockConflict(
                messages,
                steepest,
                (long) Math.ceil(fit.contradiction.violation()),
                Math.abs(fit.contradiction.neededSlope()) * 1e6));
    }

    /** Time between two messages; those of one direction do not contradict each other. */
    private static double gap(List<LineFit.Touch> touches, int i) {
        LineFit.Touch a = touches.get(i);
        LineFit.Touch b = touches.get(i + 1);
        return a.under() == b.under() ? Double.POSITIVE_INFINITY : b.x() - a.x();
    }

    private MessageTimes times(LineFit.Touch touch) {
        return touch.under()
                ? new MessageTimes(from, under.x(touch.corner()), to, under.y(touch.corner()))
                : new MessageTimes(to, over.y(touch.corner()), from, over.x(touch.corner()));
    }
}
