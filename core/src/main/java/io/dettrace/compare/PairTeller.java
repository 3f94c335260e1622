package io.dettrace.compare;

import io.dettrace.event.EventBlock;

/** Shows pairs to an observer, with their links resolved. */
final class PairTeller {
    private final PairObserver observer;
    private final ObservedPair pair = new ObservedPair();
    private Predecessors predecessors;

    PairTeller(PairObserver observer) {
        this.observer = observer;
    }

    void resolveWith(Predecessors resolver) {
        predecessors = resolver;
    }

    /** Shows the heads of a lane. */
    void tellHeads(LaneState lane) {
        pair.lane = lane.number;
        pair.laneName = lane.name;
        pair.kind = lane.queue[0].kind(0);
        for (int s = 0; s < 2; s++) {
            pair.set(s, lane.queue[s], lane.consumed[s]);
            addLinks(lane, s);
        }
        observer.paired(pair);
    }

    /** Shows an event that was just read and has no links, with the other run's head, which has none either. */
    void tell(LaneState lane, Side side, EventBlock block, int row, long index) {
        pair.lane = lane.number;
        pair.laneName = lane.name;
        pair.kind = block.kind[row];
        int s = side.ordinal();
        pair.set(s, block, row, index, lane.consumed[s]);
        pair.set(1 - s, lane.queue[1 - s], lane.consumed[1 - s]);
        observer.paired(pair);
    }

    private void addLinks(LaneState lane, int s) {
        EventQueue queue = lane.queue[s];
        Side side = s == 0 ? Side.BASELINE : Side.CANDIDATE;
        for (int i = 0; i < queue.links(); i++) {
            long target = predecessors.target(lane, side, i);
            pair.addLink(s, target < 0 ? -1 : predecessors.targetLane(lane, side, i), target);
        }
    }
}
