package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The activations of one kind of event in one lane: whether they are periodic, and how well they keep to k·T + φ.
 *
 * <p>The first gaps decide: their median is taken as T, and {@value #NEARLY_ALL} of ten must be a whole number of periods
 * long, up to a quarter of T. From then on a gap is n·T + r; n above 1 are missed activations if r is at most a quarter of T,
 * else the activation is late by as much; n = 0 is a double one, unless the next gap makes up for it: an activation that is
 * late by half a period was not missed.
 *
 * <p>Where {@value #LEAST} gaps in a row agree with each other and are all longer than T, or all shorter, by far more than
 * gaps were before, the period has changed at the first of them, and another grid begins. Activations wait for so many more
 * before they are placed, so that a change is no row of missed or double ones.
 */
final class PeriodTrack {
    /** Gaps that decide whether the activations are periodic. */
    static final int FIRST = 32;

    /** With fewer nothing is called periodic, and no period changed. */
    static final int LEAST = 8;

    private static final int NEARLY_ALL = 9;

    /** Share of T by which a gap may be off. */
    private static final double NEAR = 0.25;

    /** How much gaps of one period may differ among themselves, as a share of it, for a change to be told from. */
    private static final double ALIKE = 0.125;

    /** Least change, as a share of T: clocks that differ by less only drift. */
    private static final double LEAST_CHANGE = 0.001;

    /** How many times the spread of earlier gaps a change must be. */
    private static final int BEYOND = 8;

    final EventPoint first;
    private List<EventPoint> begin = new ArrayList<>();
    private final Deque<EventPoint> waiting = new ArrayDeque<>();
    private boolean irregular;
    private PeriodGrid grid;
    private PeriodGrid firstGrid;
    private PeriodGrid changedGrid;
    private EventPoint changedAt;

    /** Time of the last activation that waits no more. */
    private long before;

    /** An activation that is off, until the next one is there. */
    private EventPoint off;

    private long activations;
    private long changes;
    private long missed;
    private long doubled;
    private long greatest;
    private EventPoint firstMissed;
    private EventPoint firstDoubled;

    PeriodTrack(EventPoint first) {
        this.first = first;
    }

    /** True if the events are not periodic, so that no more of them is needed. */
    boolean isDone() {
        return begin == null && grid == null;
    }

    /** True if there are enough events to tell, and they are not periodic. */
    boolean isIrregular() {
        return irregular;
    }

    /** Takes the event that is being shown. */
    void add(EventPoint point) {
        if (begin == null) {
            await(point);
            return;
        }
        begin.add(point);
        if (begin.size() > FIRST) {
            decide();
        }
    }

    private void decide() {
        List<EventPoint> points = begin;
        begin = null;
        long[] gaps = new long[points.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = points.get(i + 1).time() - points.get(i).time();
        }
        if (gaps.length < LEAST) {
            return;
        }
        long period = median(gaps);
        int near = 0;
        for (long gap : gaps) {
            long whole = period <= 0 ? 0 : Math.round((double) gap / period);
            near += whole >= 1 && Math.abs(gap - whole * period) <= NEAR * period ? 1 : 0;
        }
        boolean periodic = period > 0 && 10 * near >= NEARLY_ALL * gaps.length;
        long[] early = Arrays.copyOf(gaps, LEAST);
        long[] late = Arrays.copyOfRange(gaps, gaps.length - LEAST, gaps.length);
        boolean changes = areAlike(early) && areAlike(late) && areApart(early, late);
        irregular = !periodic && !changes;
        if (!irregular) {
            before = points.get(0).time();
            grid = new PeriodGrid(changes ? median(early) : period, before);
            firstGrid = grid;
            activations = 1;
            points.stream().skip(1).forEach(this::await);
        }
    }

    private static long median(long[] gaps) {
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }

    private static boolean areAlike(long[] gaps) {
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        return sorted[0] > 0 && sorted[sorted.length - 1] - sorted[0] <= ALIKE * sorted[sorted.length / 2];
    }

    /** True if all gaps of one set are longer than all of the other. */
    private static boolean areApart(long[] some, long[] others) {
        long[] a = Arrays.stream(some).sorted().toArray();
        long[] b = Arrays.stream(others).sorted().toArray();
        return a[a.length - 1] < b[0] || b[b.length - 1] < a[0];
    }

    /** Lets an activation wait, and looks whether a period changed with the first that waits. */
    private void await(EventPoint point) {
        activations++;
        waiting.add(point);
        if (waiting.size() < LEAST) {
            return;
        }
        long[] gaps = new long[LEAST];
        long last = before;
        int i = 0;
        for (EventPoint p : waiting) {
            gaps[i++] = p.time() - last;
            last = p.time();
        }
        if (isAnotherPeriod(gaps)) {
            settle();
            changes++;
            grid = new PeriodGrid(median(gaps), before);
            if (changedAt == null) {
                changedAt = waiting.peek();
                changedGrid = grid;
            }
        }
        step(waiting.remove());
    }

    private boolean isAnotherPeriod(long[] gaps) {
        double beyond = Math.max(LEAST_CHANGE * grid.period, BEYOND * grid.spread());
        boolean longer = gaps[0] > grid.period;
        for (long gap : gaps) {
            if (longer ? gap - grid.period <= beyond : grid.period - gap <= beyond) {
                return false;
            }
        }
        return areAlike(gaps);
    }

    /** Takes an activation; one that is off waits for the next, which may make up for it. */
    private void step(EventPoint point) {
        before = point.time();
        long whole = grid.periods(point.time() - grid.last());
        if (off == null && whole == 1) {
            place(point, 1);
            return;
        }
        if (off == null) {
            off = point;
            return;
        }
        EventPoint was = off;
        off = null;
        if (whole < 2) {
            twice(was);
            if (whole < 1) {
                off = point;
            } else {
                place(point, 1);
            }
            return;
        }
        long behind = Math.max(1, Math.min(whole - 1, grid.periods(was.time() - grid.last())));
        if (whole == 2) {
            place(was, 1);
            place(point, 1);
            return;
        }
        late(was, behind);
        late(point, grid.periods(point.time() - grid.last()));
    }

    /** Takes an activation that may be several periods after the last one: the ones between were missed, or it is late. */
    private void late(EventPoint point, long periods) {
        long gap = point.time() - grid.last();
        if (periods <= 1) {
            place(point, 1);
        } else if (Math.abs(gap - periods * grid.period) > NEAR * grid.period) {
            greatest = Math.max(greatest, gap - grid.period);
            grid.shift(point.time());
        } else {
            missed += periods - 1;
            firstMissed = firstMissed != null ? firstMissed : point;
            place(point, periods);
        }
    }

    private void twice(EventPoint point) {
        doubled++;
        firstDoubled = firstDoubled != null ? firstDoubled : point;
    }

    private void place(EventPoint point, long periods) {
        greatest = Math.max(greatest, Math.abs(point.time() - grid.last() - periods * grid.period));
        grid.place(point.time(), periods);
    }

    /** The last activation of a grid, if it is off and nothing made up for it. */
    private void settle() {
        if (off == null) {
            return;
        }
        long whole = grid.periods(off.time() - grid.last());
        if (whole < 1) {
            twice(off);
        } else {
            late(off, whole);
        }
        off = null;
    }

    /**
     * What was found, empty if the events are not periodic.
     *
     * @param begun time of the run's first event, from which the phase is counted
     */
    Optional<Periodic> result(long begun) {
        if (begin != null) {
            decide();
        }
        if (grid == null) {
            return Optional.empty();
        }
        while (!waiting.isEmpty()) {
            step(waiting.remove());
        }
        settle();
        return Optional.of(new Periodic(
                firstGrid.fitted(),
                firstGrid.phase(begun),
                firstGrid.jitter(),
                greatest,
                activations,
                missed,
                Optional.ofNullable(firstMissed),
                doubled,
                Optional.ofNullable(firstDoubled),
                changes,
                Optional.ofNullable(changedAt)
                        .map(at -> new PeriodChange(at, firstGrid.fitted(), changedGrid.fitted()))));
    }
}
