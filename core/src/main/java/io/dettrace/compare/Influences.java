package io.dettrace.compare;

import io.dettrace.compare.Divergence.PathStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;

/**
 * How far roots reach. An influence starts at a root and spreads to every later event of the root's lane and along links.
 * It is kept per lane as the first event reached and the path by which it came, so it costs memory by lanes and roots, not
 * by events.
 *
 * <p>A head's predecessors are consumed before the head is, and influences enter a lane where its heads stand. So all that
 * reaches a head is known when the head is decided, and what a lane has inherited from another is a prefix of the other's
 * list, which only grows: each influence crosses between two lanes once.
 */
final class Influences {
    private static final Comparator<Influence> NEAREST = Comparator.comparingInt((Influence i) -> i.root().number)
            .thenComparingInt(Influence::hops)
            .thenComparing(i -> i.step().fromLane());

    private final RunComparator comparator;
    private final Predecessors predecessors;

    Influences(RunComparator comparator, Predecessors predecessors) {
        this.comparator = comparator;
        this.predecessors = predecessors;
    }

    /** Starts the influence of a root at the lane's heads. */
    void start(LaneState lane, Root root) {
        lane.influences.add(new Influence(root, lane.consumed.clone(), 0, null, null));
    }

    /** Lets what reaches the lane's heads through their links enter the lane; false if that is nothing new. */
    boolean spread(LaneState lane) {
        List<Influence> arriving = arriving(lane, Side.BASELINE, null);
        return enter(lane, arriving(lane, Side.CANDIDATE, arriving));
    }

    /** The same for the head of one run. */
    boolean spread(LaneState lane, Side side) {
        return enter(lane, arriving(lane, side, null));
    }

    private List<Influence> arriving(LaneState lane, Side side, List<Influence> arriving) {
        EventQueue.Links links =
                lane.queue(side).isEmpty() ? null : lane.queue(side).links();
        List<Influence> all = arriving;
        for (int i = 0; links != null && i < links.lane().length; i++) {
            int number = predecessors.targetLane(side, links, i);
            if (number < 0
                    || number == lane.number
                    || comparator.lane(number).influences.isEmpty()) {
                continue;
            }
            LaneState from = comparator.lane(number);
            long target = predecessors.target(lane, side, links, i);
            if (lane.inherited == null) {
                lane.inherited = new Int2IntHashMap(0);
            }
            int next = lane.inherited.get(number);
            while (next < from.influences.size() && from.influences.get(next).from()[side.ordinal()] <= target) {
                Influence via = from.influences.get(next++);
                all = all == null ? new ArrayList<>() : all;
                PathStep step = new PathStep(side, lane.head(side), from.name);
                all.add(new Influence(via.root(), lane.consumed.clone(), via.hops() + 1, via, step));
            }
            if (next > 0) {
                lane.inherited.put(number, next);
            }
        }
        return all;
    }

    private static boolean enter(LaneState lane, List<Influence> arriving) {
        if (arriving == null) {
            return false;
        }
        arriving.sort(NEAREST);
        boolean entered = false;
        for (Influence i : arriving) {
            Influence mine = nearest(lane, i.root());
            if (mine == null || mine.hops() > i.hops()) {
                lane.influences.add(i);
                entered = true;
            }
        }
        return entered;
    }

    /** Lets influences spread among lanes that block each other, a link at a time, nearest first. */
    void spreadAmong(List<LaneState> component) {
        boolean spreads;
        do {
            spreads = false;
            for (LaneState lane : component) {
                spreads |= spread(lane);
            }
        } while (spreads);
    }

    /** Lets a root reach the lane's heads from another lane of the root. */
    void explain(LaneState lane, Root root, LaneState from) {
        Influence via = nearest(from, root);
        Side side = lane.queue[0].isEmpty() ? Side.CANDIDATE : Side.BASELINE;
        PathStep step = new PathStep(side, lane.head(side), from.name);
        lane.influences.add(new Influence(root, lane.consumed.clone(), via.hops() + 1, via, step));
    }

    private static Influence nearest(LaneState lane, Root root) {
        Influence best = null;
        for (int i = 0; i < lane.influences.size(); i++) {
            Influence other = lane.influences.get(i);
            if (other.root() == root && (best == null || other.hops() < best.hops())) {
                best = other;
            }
        }
        return best;
    }

    /** The influences on the lane's heads, the nearest of each root. */
    static List<Influence> on(LaneState lane) {
        List<Influence> reaching = new ArrayList<>();
        for (Influence i : lane.influences) {
            boolean newRoot = reaching.stream().noneMatch(r -> r.root() == i.root());
            if (newRoot) {
                reaching.add(nearest(lane, i.root()));
            }
        }
        return reaching;
    }
}
