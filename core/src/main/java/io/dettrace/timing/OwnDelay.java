package io.dettrace.timing;

import io.dettrace.clocks.CorrectedTime;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.ObservedPair;
import io.dettrace.event.EventBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What enabled a pair in both runs, and how long each event took after that: its own delay, t(e) − max t(p) over its
 * predecessors p. One object serves all pairs.
 */
final class OwnDelay {
    /** What is known about a pair. */
    enum Known {
        /** Both own delays. */
        BOTH,
        /** The pair has no predecessors. */
        START,
        /** An event has no time. */
        UNTIMED,
        /** A predecessor is no pair's, as the runs differ there. */
        DISTURBED,
        /** A predecessor is older than what is kept, and may be what enabled it. */
        FORGOTTEN,
        /** An event is earlier than one that came before it: clocks disagree. */
        BACKWARDS,
        /** A predecessor has another clock, of which it is not known how far it is off. */
        ANOTHER_CLOCK
    }

    /** Where nothing is known of events that correspond to none. */
    private static final RecentTimes[] NONE = {new RecentTimes(), new RecentTimes()};

    private final RecentTimes[] unpaired;
    private final Optional<TimingClocks> clocks;

    private final List<LaneTimes> lanes = new ArrayList<>();
    private final LaneTimes.Room room = new LaneTimes.Room();
    private final LaneTimes[] enablingLane = new LaneTimes[2];
    private final int[] enablingSlot = new int[2];
    private final long[] enabled = new long[2];

    /** The latest that a forgotten predecessor may have been. */
    private final long[] forgotten = new long[2];

    /** The latest predecessor that corresponds to none. */
    private final long[] latestUnpaired = new long[2];

    /** The latest and the earliest that the latest predecessor may have been, by the errors of clocks. */
    private final long[] latest = new long[2];

    private final long[] earliest = new long[2];

    private ObservedPair pair;
    private LaneTimes home;
    private boolean unknownClock;

    /** True if a predecessor that corresponds to none may be what enabled the event. */
    private boolean obscured;

    private LaneTimes freeLane;
    private int freeSlot;
    private long free;
    private boolean any;
    private Known known;

    /** For runs that have one clock, and of which pairs alone are seen. */
    OwnDelay() {
        this(Optional.empty());
    }

    /** For runs of which pairs alone are seen. */
    OwnDelay(Optional<TimingClocks> clocks) {
        this(NONE, clocks);
    }

    /**
     * For two runs.
     *
     * @param unpaired times of all events of both, which tell whether one that corresponds to none came last
     * @param clocks the clocks of lanes; empty if they share one
     */
    OwnDelay(RecentTimes[] unpaired, Optional<TimingClocks> clocks) {
        this.unpaired = unpaired;
        this.clocks = clocks;
    }

    /** Looks at a pair; then the other methods tell about it. */
    Known of(ObservedPair next) {
        begin(next);
        if (pair.time(0) == EventBlock.NO_TIME || pair.time(1) == EventBlock.NO_TIME) {
            return known = Known.UNTIMED;
        }
        int last = home.last();
        for (int s = 0; s < 2; s++) {
            if (last >= 0) {
                any = true;
                consider(s, home, last);
            }
            if (home.skips(pair, s) && pair.ordinal(s) > 0) {
                unpaired(s, home, pair.ordinal(s) - 1);
            }
            for (int i = 0; i < pair.links(s); i++) {
                link(s, i);
            }
        }
        if (!home.isNext(pair) || known == Known.DISTURBED) {
            known = isSameEnabling() ? Known.BOTH : Known.DISTURBED;
        }
        return known == Known.BOTH ? known = judgeable() : known;
    }

    private void begin(ObservedPair next) {
        pair = next;
        while (lanes.size() <= pair.lane()) {
            lanes.add(null);
        }
        home = home(pair);
        known = Known.BOTH;
        any = false;
        unknownClock = false;
        obscured = false;
        free = EventBlock.NO_TIME;
        for (int s = 0; s < 2; s++) {
            enabled[s] = EventBlock.NO_TIME;
            enablingLane[s] = null;
            forgotten[s] = EventBlock.NO_TIME;
            latestUnpaired[s] = EventBlock.NO_TIME;
            latest[s] = EventBlock.NO_TIME;
            earliest[s] = EventBlock.NO_TIME;
        }
    }

    /** What stands against comparing the own delays of a pair whose predecessors are known. */
    private Known judgeable() {
        if (enabled[0] < forgotten[0] || enabled[1] < forgotten[1]) {
            return Known.FORGOTTEN;
        }
        if (!any) {
            return Known.START;
        }
        if (unknownClock) {
            return Known.ANOTHER_CLOCK;
        }
        if (enabled[0] == EventBlock.NO_TIME || enabled[1] == EventBlock.NO_TIME) {
            return Known.DISTURBED;
        }
        boolean backwards = pair.time(0) + error(0) < enabled[0] || pair.time(1) + error(1) < enabled[1];
        return backwards ? Known.BACKWARDS : Known.BOTH;
    }

    /**
     * True if the events were enabled by one pair in both runs, whatever other predecessors differ: these all came before
     * it, and not at the same time. Then the own delays can be compared.
     */
    private boolean isSameEnabling() {
        return !obscured
                && enablingLane[0] != null
                && enablingLane[0] == enablingLane[1]
                && enablingSlot[0] == enablingSlot[1]
                && latestUnpaired[0] < enabled[0]
                && latestUnpaired[1] < enabled[1];
    }

    /** Takes a predecessor that corresponds to none. */
    private void unpaired(int side, LaneTimes lane, long ordinal) {
        long time = unpaired[side].time(lane.name, ordinal);
        if (time == EventBlock.NO_TIME || !lane.domain.equals(home.domain)) {
            obscured = true;
        } else {
            latestUnpaired[side] = Math.max(latestUnpaired[side], time);
        }
    }

    private LaneTimes home(ObservedPair pair) {
        LaneTimes home = lanes.get(pair.lane());
        if (home == null) {
            home = new LaneTimes(
                    pair.laneName(),
                    clocks.map(c -> c.domainOfLane().apply(pair.laneName())).orElse(""),
                    room);
            lanes.set(pair.lane(), home);
        }
        return home;
    }

    private void link(int side, int i) {
        long target = pair.linkOrdinal(side, i);
        if (target == ObservedPair.DANGLING) {
            return;
        }
        LaneTimes from =
                target < 0 || pair.linkLane(side, i) >= lanes.size() ? null : lanes.get(pair.linkLane(side, i));
        int slot = from == null ? LaneTimes.UNPAIRED : from.find(side, target);
        if (slot >= 0) {
            any = true;
            consider(side, from, slot);
        } else if (slot == LaneTimes.UNPAIRED) {
            known = Known.DISTURBED;
            if (from == null || target < 0) {
                obscured = true;
            } else {
                unpaired(side, from, target);
            }
        } else {
            forgotten[side] = Math.max(forgotten[side], from.oldestTime(side));
        }
    }

    private void consider(int side, LaneTimes lane, int slot) {
        long time = lane.time(side, slot);
        if (time == EventBlock.NO_TIME) {
            return;
        }
        long error = 0;
        if (!lane.domain.equals(home.domain)) {
            CorrectedTime there = clocks.orElseThrow().correct(side, lane.domain, time);
            CorrectedTime here = clocks.orElseThrow().correct(side, home.domain, pair.time(side));
            if (!there.isBounded() || !here.isBounded()) {
                unknownClock = true;
                return;
            }
            error = there.error() + here.error();
            time = pair.time(side) - (here.time() - there.time());
        }
        latest[side] = Math.max(latest[side], time + error);
        earliest[side] = Math.max(earliest[side], time - error);
        if (enabled[side] == EventBlock.NO_TIME || time > enabled[side]) {
            enabled[side] = time;
            enablingLane[side] = lane;
            enablingSlot[side] = slot;
        }
        if (side == 1) {
            long without = time - lane.lateness(slot);
            if (free == EventBlock.NO_TIME || without > free) {
                free = without;
                freeLane = lane;
                freeSlot = slot;
            }
        }
    }

    /** How far {@link #enabled} may be off, in nanoseconds, as predecessors have other clocks. */
    long error(int side) {
        return latest[side] == EventBlock.NO_TIME
                ? 0
                : Math.max(latest[side] - enabled[side], enabled[side] - earliest[side]);
    }

    /** How far the own delays together may be off. */
    long error() {
        return error(0) + error(1);
    }

    /** Time of the latest predecessor, by the clock of the event. */
    long enabled(int side) {
        return enabled[side];
    }

    /** Digest of the kind of the latest predecessor, 0 if there is none. */
    int enablingKind(int side) {
        return enablingLane[side] == null ? 0 : enablingLane[side].kind(enablingSlot[side]);
    }

    /** The candidate's latest predecessor, empty if it has none. */
    Optional<EventPoint> enabling() {
        return enablingLane[1] == null ? Optional.empty() : Optional.of(enablingLane[1].point(enablingSlot[1]));
    }

    /**
     * How much later the candidate's event was enabled than it would have been without the lateness that is explained
     * already; negative if it was enabled earlier.
     */
    long inherited() {
        return free == EventBlock.NO_TIME ? 0 : enabled[1] - free;
    }

    /** True if the lane has an earlier pair, against which {@link #moved} is measured. */
    boolean isMeasured() {
        return home.last() >= 0;
    }

    /** How much later the candidate's event is than by its lane's last pair, with what explains that one's lateness. */
    long moved(ClockScale scale) {
        int last = home.last();
        long passed = pair.time(1) - home.time(1, last);
        return home.lateness(last) + passed - scale.expected(pair.time(0) - home.time(0, last));
    }

    /** The reach that explains {@link #inherited}. */
    Reach inheritedBy() {
        return inherited() >= 0 ? enablingLane[1].reach(enablingSlot[1]) : freeLane.reach(freeSlot);
    }

    /** Remembers the pair that was asked about last. */
    void add(ObservedPair observed, long lateness, Reach by) {
        lanes.get(observed.lane()).add(observed, known != Known.UNTIMED, lateness, by);
    }
}
