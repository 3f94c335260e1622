package io.dettrace.normalize;

import io.dettrace.event.EventBlock;
import io.dettrace.normalize.EventAssembler.ClockException;
import io.dettrace.normalize.EventAssembler.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Puts the events of each lane in the order of the lane's own clock, which is the order in which they happened whatever
 * the order of the lines.
 *
 * <p>An event whose clock follows directly on the one before goes through at once. Behind a gap up to
 * {@value #MAX_HELD} events of a lane are held, in case the missing one still comes; then the gap is taken for real.
 */
final class ClockOrder {
    /** Events of a lane that are held behind a gap in its clock. */
    static final int MAX_HELD = 4_096;

    private final List<Lane> lanes = new ArrayList<>();
    private final ArrayDeque<Pending> ready = new ArrayDeque<>();

    private static final class Lane {
        final PriorityQueue<Pending> held = new PriorityQueue<>(Comparator.comparingLong((Pending p) -> p.clock.own()));
        final LongHashSet heldClocks = new LongHashSet();
        final Long2LongHashMap known = new Long2LongHashMap(0);
        long last;
    }

    /** Takes an event that has a clock. */
    void add(Pending event) throws ClockException {
        while (lanes.size() <= event.lane) {
            lanes.add(new Lane());
        }
        Lane lane = lanes.get(event.lane);
        long own = event.clock.own();
        if (own <= lane.last) {
            throw new ClockException("the lane's clock does not grow: " + own + " comes after " + lane.last
                    + (own == lane.last ? " again" : " and too late to be put in order"));
        }
        if (own == lane.last + 1) {
            release(lane, event);
            while (!lane.held.isEmpty() && lane.held.peek().clock.own() == lane.last + 1) {
                release(lane, lane.held.remove());
            }
            return;
        }
        if (!lane.heldClocks.add(own)) {
            throw new ClockException("the lane's clock stands twice at " + own);
        }
        lane.held.add(event);
        if (lane.held.size() > MAX_HELD) {
            release(lane, lane.held.remove());
        }
    }

    private void release(Lane lane, Pending event) {
        lane.last = event.clock.own();
        lane.heldClocks.remove(lane.last);
        ready.add(event);
    }

    /** Releases everything, lane by lane. */
    void end() {
        for (Lane lane : lanes) {
            while (!lane.held.isEmpty()) {
                release(lane, lane.held.remove());
            }
        }
    }

    /** The next event in order, or null if there is none yet. */
    Pending poll() {
        return ready.poll();
    }

    /** Adds links to what the event knows of other lanes beyond the event before it in its lane. */
    int links(Pending event, EventBlock block) {
        Long2LongHashMap known = lanes.get(event.lane).known;
        VectorClock clock = event.clock;
        int links = 0;
        for (int i = 0; i < clock.lanes().length; i++) {
            if (clock.counts()[i] > known.get(clock.lanes()[i])) {
                known.put(clock.lanes()[i], clock.counts()[i]);
                links = block.addLink(links, clock.lanes()[i], clock.counts()[i]);
            }
        }
        return links;
    }
}
