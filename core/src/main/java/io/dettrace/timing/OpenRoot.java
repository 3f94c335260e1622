package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import io.dettrace.compare.ObservedPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An event whose own delay is out of bounds, while the run goes on. */
final class OpenRoot {
    /** Lanes that a root keeps the way to; later ones are counted with the lane that they were reached from. */
    static final int MAX_LANES = 64;

    final EventPoint baseline;
    final EventPoint candidate;
    final Optional<EventPoint> enabling;
    final long expected;
    final long actual;
    final Optional<DelayRange> range;
    final long inherited;
    final long lateness;
    final Map<String, Reach> reached = new LinkedHashMap<>();
    final Reach home;
    boolean lanesLeftOut;

    /** Later events of the same kind in its lane that are off by the same, one after the other. */
    long repeats;

    /** Greatest amount that it handed on. */
    long handsOn;

    /** True if it stands for a logical difference, behind which events are late or early without a fault in timing. */
    final boolean isLogical;

    /** What a logical difference hands on by the first pair behind it. */
    static OpenRoot logical(ObservedPair pair, long lateness) {
        return new OpenRoot(
                pair.point(0), pair.point(1), Optional.empty(), 0, lateness, Optional.empty(), 0, lateness, true);
    }

    OpenRoot(
            EventPoint baseline,
            EventPoint candidate,
            Optional<EventPoint> enabling,
            long expected,
            long actual,
            Optional<DelayRange> range,
            long inherited,
            long lateness) {
        this(baseline, candidate, enabling, expected, actual, range, inherited, lateness, false);
    }

    private OpenRoot(
            EventPoint baseline,
            EventPoint candidate,
            Optional<EventPoint> enabling,
            long expected,
            long actual,
            Optional<DelayRange> range,
            long inherited,
            long lateness,
            boolean isLogical) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.enabling = enabling;
        this.expected = expected;
        this.actual = actual;
        this.range = range;
        this.inherited = inherited;
        this.lateness = lateness;
        this.isLogical = isLogical;
        handsOn = Math.abs(lateness);
        home = new Reach(this, null, candidate.lane(), baseline, candidate, lateness);
        reached.put(home.lane, home);
    }

    long excess() {
        return actual - expected;
    }

    /** The way into a lane, which is new if the root was not seen there before. */
    Reach into(String lane, Reach from, ObservedPair pair, long late) {
        Reach known = reached.get(lane);
        if (known != null) {
            return known;
        }
        if (reached.size() >= MAX_LANES) {
            lanesLeftOut = true;
            return from;
        }
        Reach fresh = new Reach(this, from, lane, pair.point(0), pair.point(1), late);
        reached.put(lane, fresh);
        return fresh;
    }
}
