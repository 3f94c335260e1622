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
 * list for that run, which only grows behind it: each influence crosses between two lanes once for each run.
 *
 * <p>Where a region is stepped over, the runs move each for itself. What then enters by one run reaches the other run's
 * events behind the region, wherever that run stands at the moment.
 */
final class Influences {
    private static final Comparator<Influence> NEAREST = Comparator.comparingInt((Influence i) -> i.root().number)
            .thenComparingInt(Influence::hops)
            .thenComparing(i -> i.step().fromLane())
            .thenComparing(i -> i.step().side());
    private static final Comparator<Influence> FEWEST_HOPS = Comparator.comparingInt(Influence::hops)
            .thenComparingLong(i -> i.from()[0])
            .thenComparingLong(i -> i.from()[1]);

    private final RunComparator comparator;
    private final Predecessors predecessors;

    Influences(RunComparator comparator, Predecessors predecessors) {
        this.comparator = comparator;
        this.predecessors = predecessors;
    }

    /** Starts the influence of a root at the lane's heads. */
    void start(LaneState lane, Root root) {
        add(lane, new Influence(root, lane.consumed.clone(), 0, null, null));
    }

    private static void add(LaneState lane, Influence i) {
        lane.influences.add(i);
        for (int s = 0; s < 2; s++) {
            List<Influence> reach = lane.reach.get(s);
            int at = reach.size();
            while (at > 0 && reach.get(at - 1).from()[s] > i.from()[s]) {
                at--;
            }
            reach.add(at, i);
        }
    }

    /** Where an influence enters that comes by a link of {@code side}'s head. */
    private static long[] entry(LaneState lane, Side side) {
        long[] from = lane.consumed.clone();
        int other = side.other().ordinal();
        from[other] = lane.skip[other] == LaneState.FOREVER ? LaneState.FOREVER : from[other] + lane.skip[other];
        return from;
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
        EventQueue queue = lane.queue(side);
        List<Influence> all = arriving;
        for (int i = 0; i < queue.links(); i++) {
            int number = predecessors.targetLane(lane, side, i);
            if (number < 0
                    || number == lane.number
                    || comparator.lane(number).influences.isEmpty()) {
                continue;
            }
            LaneState from = comparator.lane(number);
            long target = predecessors.target(lane, side, i);
            if (lane.inherited == null) {
                lane.inherited = new Int2IntHashMap(0);
            }
            int key = 2 * number + side.ordinal();
            int next = lane.inherited.get(key);
            List<Influence> reach = from.reach.get(side.ordinal());
            while (next < reach.size() && reach.get(next).from()[side.ordinal()] <= target) {
                Influence via = reach.get(next++);
                all = all == null ? new ArrayList<>() : all;
                PathStep step = new PathStep(side, lane.head(side), from.name);
                all.add(new Influence(via.root(), entry(lane, side), via.hops() + 1, via, step));
            }
            if (next > 0) {
                lane.inherited.put(key, next);
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
            if (lane.influences.stream().noneMatch(mine -> isAsGood(mine, i))) {
                add(lane, i);
                entered = true;
            }
        }
        return entered;
    }

    /** True if the other influence tells nothing more: it is of the same root, as near, and reaches as much. */
    private static boolean isAsGood(Influence mine, Influence other) {
        return mine.root() == other.root()
                && mine.hops() <= other.hops()
                && mine.from()[0] <= other.from()[0]
                && mine.from()[1] <= other.from()[1];
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
        add(lane, new Influence(root, lane.consumed.clone(), via.hops() + 1, via, step));
    }

    private static Influence nearest(LaneState lane, Root root) {
        Influence best = null;
        for (int i = 0; i < lane.influences.size(); i++) {
            Influence other = lane.influences.get(i);
            if (other.root() == root && (best == null || FEWEST_HOPS.compare(other, best) < 0)) {
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
