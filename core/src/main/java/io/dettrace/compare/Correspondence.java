package io.dettrace.compare;

import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;

/** Whether the links of two heads lead to corresponding events. */
final class Correspondence {
    private final Predecessors predecessors;
    private final List<LaneState> lanes;
    private final long[][] pairsKnown = {new long[0], new long[0]};
    private final IntArrayList named = new IntArrayList();
    private final IntArrayList suspects = new IntArrayList();
    private long danglingLinks;

    Correspondence(Predecessors predecessors, List<LaneState> lanes) {
        this.predecessors = predecessors;
        this.lanes = lanes;
    }

    /** Links of matched events whose target is not in the run. */
    long danglingLinks() {
        return danglingLinks;
    }

    /**
     * True if the heads' links lead to corresponding events. A vector clock says how much of each lane was known, so it is
     * compared by the number of matched pairs known; a lane that only one of the heads names counts with what the other
     * run knew of it already.
     */
    boolean correspond(LaneState lane) {
        suspects.clear();
        if (lane.queue[0].links() == 0 && lane.queue[1].links() == 0) {
            return true;
        }
        boolean whole = collect(lane, Side.BASELINE) & collect(lane, Side.CANDIDATE);
        for (int i = 0; i < named.size(); i++) {
            int of = named.getInt(i);
            if (known(lane, 0, of) != known(lane, 1, of)) {
                suspects.addInt(of);
            }
        }
        for (int i = 0; i < named.size(); i++) {
            int of = named.getInt(i);
            remember(lane, 0, of);
            remember(lane, 1, of);
        }
        return !whole || suspects.isEmpty();
    }

    /** Lanes whose events were linked differently by the heads last asked about. */
    int[] suspectLanes() {
        return suspects.toIntArray();
    }

    /** For each of {@link #suspectLanes()} the smaller number of its pairs that one of the heads knew. */
    long[] suspectPairs() {
        long[] pairs = new long[suspects.size()];
        for (int i = 0; i < pairs.length; i++) {
            int of = suspects.getInt(i);
            pairs[i] = Math.max(pairsKnown[0][of], pairsKnown[1][of]);
        }
        return pairs;
    }

    /** Notes for each lane named by the links the number of its pairs up to the event named; false if one is unknown. */
    private boolean collect(LaneState lane, Side side) {
        int s = side.ordinal();
        if (s == 0) {
            for (int i = 0; i < named.size(); i++) {
                pairsKnown[0][named.getInt(i)] = -1;
                pairsKnown[1][named.getInt(i)] = -1;
            }
            named.clear();
        }
        if (pairsKnown[s].length < lanes.size()) {
            for (int t = 0; t < 2; t++) {
                int old = pairsKnown[t].length;
                pairsKnown[t] = Arrays.copyOf(pairsKnown[t], 2 * lanes.size());
                Arrays.fill(pairsKnown[t], old, pairsKnown[t].length, -1);
            }
        }
        boolean whole = true;
        int links = lane.queue[s].links();
        for (int i = 0; i < links; i++) {
            long target = predecessors.target(lane, side, i);
            int to = predecessors.targetLane(lane, side, i);
            if (target < 0) {
                danglingLinks++;
                whole &= target != Predecessors.ABANDONED;
            } else if (to != lane.number) {
                if (pairsKnown[0][to] < 0 && pairsKnown[1][to] < 0) {
                    named.addInt(to);
                }
                pairsKnown[s][to] =
                        Math.max(pairsKnown[s][to], lanes.get(to).pairing.upTo(side, target));
            }
        }
        return whole;
    }

    private long known(LaneState lane, int side, int of) {
        long now = pairsKnown[side][of];
        return now >= 0 ? now : lane.known[side] == null ? 0 : Math.max(0, lane.known[side].get(of));
    }

    private void remember(LaneState lane, int side, int of) {
        if (lane.known[side] == null) {
            lane.known[side] = new Long2LongHashMap(-1);
        }
        long before = lane.known[side].get(of);
        if (pairsKnown[side][of] > before) {
            lane.known[side].put(of, pairsKnown[side][of]);
        }
    }
}
