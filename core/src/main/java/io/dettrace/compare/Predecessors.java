package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * What the heads of lanes need from other lanes: their links resolved to events, whether those are consumed, and how deep
 * they lie.
 */
final class Predecessors {
    /** {@link #target}: the target was not read yet. */
    static final long UNREAD = -3;

    /** {@link #target}: too long not read, or perhaps forgotten; the link is left out of the comparison. */
    static final long ABANDONED = -2;

    /** {@link #target}: there is no such event in the run. */
    static final long DANGLING = -1;

    /** {@link #blocker}: input that is still to be read. */
    static final int INPUT = -1;

    /** {@link #blocker}: the link blocks nothing. */
    static final int NONE = -2;

    private final RunComparator comparator;
    private final List<LaneState> lanes;
    private final Identities[] identities = {new Identities(), new Identities()};
    private boolean linked;
    private boolean abandonOld;

    private final Links links = new Links();

    Predecessors(RunComparator comparator, List<LaneState> lanes) {
        this.comparator = comparator;
        this.lanes = lanes;
    }

    boolean linked() {
        return linked;
    }

    /** True if the events have vector clocks, which know of every predecessor. */
    boolean hasClocks() {
        return lanes.stream().anyMatch(l -> l.clock[0] != null || l.clock[1] != null);
    }

    /** While set, links of old heads to events that were not read yet are left out of the comparison. */
    void abandonOld(boolean on) {
        abandonOld = on;
    }

    void define(Side side, long identity, LaneState lane, long ordinal) {
        identities[side.ordinal()].define(identity, lane.number, ordinal);
    }

    /** The row's links to other lanes by unified lane, messages resolved to their sends; until the next call. */
    Links links(Side side, EventBlock block, int row, LaneState home, long ordinal) {
        int from = block.linkStart[row];
        int to = block.linkStart[row + 1];
        links.clear();
        for (int i = from; i < to; i++) {
            int of = block.linkLane[i];
            long ref = block.linkRef[i];
            if (of == EventBlock.BY_MESSAGE) {
                Identities table = identities[side.ordinal()];
                if (table.define(ref, home.number, ordinal)) {
                    continue;
                }
                of = table.lane(ref);
                ref = byOrdinal(table.ordinal(ref));
            } else if (of >= 0) {
                of = comparator.unify(side, of);
            }
            if (of != home.number) {
                links.add(of, ref);
            }
        }
        linked |= links.size() > 0;
        return links;
    }

    /** A reference by position in the lane instead of by clock. */
    private static long byOrdinal(long ordinal) {
        return -1 - ordinal;
    }

    /** Position in its lane of the event that link {@code i} of the head names, or one of the constants. */
    long target(LaneState lane, Side side, int i) {
        int s = side.ordinal();
        int to = lane.queue[s].linkLane(i);
        long ref = lane.queue[s].linkRef(i);
        if (to == EventBlock.BY_IDENTITY) {
            long ordinal = identities[s].ordinal(ref);
            return ordinal >= 0 ? ordinal : identities[s].isForgetful() ? unknown(lane, side) : unread(lane, side);
        }
        if (ref < 0) {
            return -1 - ref;
        }
        LaneState from = lanes.get(to);
        ClockIndex clock = from.clock[s];
        if (clock == null) {
            return ref <= from.read[s] ? ref - 1 : unread(lane, side);
        }
        return clock.reaches(ref) || comparator.hasEnded(side) ? clock.ordinal(ref) : unread(lane, side);
    }

    private long unread(LaneState lane, Side side) {
        if (comparator.hasEnded(side)) {
            return DANGLING;
        }
        return abandonOld && comparator.isOld(side, lane.queue(side).index(0)) ? ABANDONED : UNREAD;
    }

    /** An identity that is not there: forgotten, unless the event comes soon. */
    private long unknown(LaneState lane, Side side) {
        boolean soon = comparator.isYoung(side, lane.queue(side).index(0)) && !comparator.hasEnded(side);
        return soon ? UNREAD : ABANDONED;
    }

    /** Lane of the event that link {@code i} of the head names, or -1 if it is not known. */
    int targetLane(LaneState lane, Side side, int i) {
        int s = side.ordinal();
        int to = lane.queue[s].linkLane(i);
        return to == EventBlock.BY_IDENTITY ? identities[s].lane(lane.queue[s].linkRef(i)) : to;
    }

    /** Number of the lane by which link {@code i} blocks the head, {@link #INPUT}, or {@link #NONE}. */
    int blocker(LaneState lane, Side side, int i) {
        long target = target(lane, side, i);
        if (target == UNREAD) {
            return INPUT;
        }
        if (target < 0) {
            return NONE;
        }
        LaneState from = lanes.get(targetLane(lane, side, i));
        boolean consumed = target < from.consumed[side.ordinal()] || from.status == LaneState.Status.GIVEN_UP;
        return from == lane || consumed ? NONE : from.number;
    }

    /** True if the head needs an event that is not consumed yet; the lane is woken when that has changed. */
    boolean isBlocked(LaneState lane, Side side) {
        int n = lane.queue(side).links();
        for (int i = 0; i < n; i++) {
            int blocker = blocker(lane, side, i);
            if (blocker == INPUT) {
                comparator.waitForInput(lane);
                return true;
            }
            if (blocker >= 0) {
                lanes.get(blocker).addWaiter(lane, side, target(lane, side, i));
                return true;
            }
        }
        return false;
    }

    /**
     * Adds the lanes that block a head to {@code to}, perhaps more than once; {@link #INPUT} stands for input that is
     * still to be read.
     *
     * @param untilOpen stop at the first that is not blocked itself
     */
    void addBlockers(LaneState lane, Side side, boolean untilOpen, IntArrayList to) {
        int n = lane.needsHead(side) ? lane.queue(side).links() : 0;
        for (int i = 0; i < n; i++) {
            int blocker = blocker(lane, side, i);
            if (blocker != NONE) {
                to.addInt(blocker);
                if (untilOpen && (blocker == INPUT || lanes.get(blocker).status != LaneState.Status.BLOCKED)) {
                    return;
                }
            }
        }
    }

    /** True if no lane blocks the head in that run. */
    boolean isFree(LaneState lane, Side side) {
        IntArrayList blockers = new IntArrayList();
        addBlockers(lane, side, true, blockers);
        return blockers.isEmpty();
    }

    /** Takes the head's links to the given lanes away; returns how many. */
    int cutLinks(LaneState lane, Side side, IntArrayList to) {
        EventQueue queue = lane.queue(side);
        int before = queue.links();
        int i = 0;
        while (i < queue.links()) {
            if (to.containsInt(blocker(lane, side, i))) {
                queue.cutLink(i);
            } else {
                i++;
            }
        }
        return before - queue.links();
    }

    /** Causal depth of the lane's heads: one more than the deepest consumed predecessor in the runs asked for. */
    long depthOfHeads(LaneState lane, boolean baseline, boolean candidate) {
        long depth = lane.depth.of(lane.pairing.size());
        for (int s = 0; s < 2; s++) {
            Side side = s == 0 ? Side.BASELINE : Side.CANDIDATE;
            int n = (s == 0 ? baseline : candidate) ? lane.queue[s].links() : 0;
            for (int i = 0; i < n; i++) {
                long target = target(lane, side, i);
                if (target >= 0) {
                    LaneState from = lanes.get(targetLane(lane, side, i));
                    long pair = target < from.consumed[s] ? from.pairing.upTo(side, target) - 1 : -1;
                    depth = Math.max(depth, pair < 0 ? 0 : from.depth.of(pair) + 1);
                }
            }
        }
        return depth;
    }
}
