package io.dettrace.timing;

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
        BACKWARDS
    }

    private final List<LaneTimes> lanes = new ArrayList<>();
    private final LaneTimes.Room room = new LaneTimes.Room();
    private final LaneTimes[] enablingLane = new LaneTimes[2];
    private final int[] enablingSlot = new int[2];
    private final long[] enabled = new long[2];

    /** The latest that a forgotten predecessor may have been. */
    private final long[] forgotten = new long[2];

    private LaneTimes freeLane;
    private int freeSlot;
    private long free;
    private boolean any;
    private Known known;

    /** Looks at a pair; then the other methods tell about it. */
    Known of(ObservedPair pair) {
        while (lanes.size() <= pair.lane()) {
            lanes.add(null);
        }
        LaneTimes home = home(pair);
        known = Known.BOTH;
        any = false;
        enabled[0] = EventBlock.NO_TIME;
        enabled[1] = EventBlock.NO_TIME;
        free = EventBlock.NO_TIME;
        enablingLane[0] = null;
        enablingLane[1] = null;
        forgotten[0] = EventBlock.NO_TIME;
        forgotten[1] = EventBlock.NO_TIME;
        if (pair.time(0) == EventBlock.NO_TIME || pair.time(1) == EventBlock.NO_TIME) {
            return known = Known.UNTIMED;
        }
        if (!home.isNext(pair)) {
            known = Known.DISTURBED;
        }
        int last = home.last();
        if (last >= 0) {
            any = true;
            consider(0, home, last);
            consider(1, home, last);
        }
        for (int s = 0; s < 2; s++) {
            for (int i = 0; i < pair.links(s); i++) {
                link(pair, s, i);
            }
        }
        if (known == Known.BOTH && (enabled[0] < forgotten[0] || enabled[1] < forgotten[1])) {
            return known = Known.FORGOTTEN;
        }
        if (known == Known.BOTH && !any) {
            return known = Known.START;
        }
        if (known == Known.BOTH && (enabled[0] == EventBlock.NO_TIME || enabled[1] == EventBlock.NO_TIME)) {
            known = Known.DISTURBED;
        }
        if (known == Known.BOTH && (pair.time(0) < enabled[0] || pair.time(1) < enabled[1])) {
            known = Known.BACKWARDS;
        }
        return known;
    }

    private LaneTimes home(ObservedPair pair) {
        LaneTimes home = lanes.get(pair.lane());
        if (home == null) {
            home = new LaneTimes(pair.laneName(), room);
            lanes.set(pair.lane(), home);
        }
        return home;
    }

    private void link(ObservedPair pair, int side, int i) {
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
        } else {
            forgotten[side] = Math.max(forgotten[side], from.oldestTime(side));
        }
    }

    private void consider(int side, LaneTimes lane, int slot) {
        long time = lane.time(side, slot);
        if (time == EventBlock.NO_TIME) {
            return;
        }
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

    /** Time of the latest predecessor. */
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

    /** The reach that explains {@link #inherited}. */
    Reach inheritedBy() {
        return inherited() >= 0 ? enablingLane[1].reach(enablingSlot[1]) : freeLane.reach(freeSlot);
    }

    /** Remembers the pair that was asked about last. */
    void add(ObservedPair pair, long lateness, Reach by) {
        lanes.get(pair.lane()).add(pair, known != Known.UNTIMED, lateness, by);
    }
}
