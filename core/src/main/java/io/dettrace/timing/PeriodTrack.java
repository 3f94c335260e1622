package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The activations of one kind of event in one lane: whether they are periodic, and how well they keep to k·T + φ.
 *
 * <p>The first gaps decide: their median is taken as T, and {@value #NEARLY_ALL} of ten must be a whole number of periods
 * long, up to a quarter of T. From then on a gap is n·T + r; n above 1 are missed activations, n = 0 is a double one, unless
 * the next gap makes up for it: an activation that is late by half a period was not missed.
 * Period and phase are the least-squares line through the activations, jitter what they leave.
 */
final class PeriodTrack {
    /** Gaps that decide whether the activations are periodic. */
    static final int FIRST = 32;

    /** With fewer nothing is called periodic. */
    static final int LEAST = 8;

    private static final int NEARLY_ALL = 9;

    private static final long NONE = Long.MIN_VALUE;

    /** Share of T by which a gap may be off. */
    private static final double NEAR = 0.25;

    final EventPoint first;
    private List<EventPoint> begin = new ArrayList<>();
    private boolean periodic;
    private boolean irregular;
    private long period;

    /** Time of an activation that is off, until the next one is there. */
    private long off = NONE;

    private EventPoint offPoint;
    private long start;
    private long last;
    private long activations;
    private long missed;
    private long doubled;
    private long greatest;
    private EventPoint firstMissed;
    private EventPoint firstDoubled;

    private long k;
    private long n;
    private double sumK;
    private double sumKk;
    private double sumR;
    private double sumKr;
    private double sumRr;

    PeriodTrack(EventPoint first) {
        this.first = first;
    }

    /** True if the events are not periodic, so that no more of them is needed. */
    boolean isDone() {
        return begin == null && !periodic;
    }

    /** True if there are enough events to tell, and they are not periodic. */
    boolean isIrregular() {
        return irregular;
    }

    /** Takes the event that is being shown. */
    void add(EventTap at, long time) {
        if (begin == null) {
            step(time, at, null);
            return;
        }
        begin.add(at.point());
        if (begin.size() > FIRST) {
            decide();
        }
    }

    private void decide() {
        List<EventPoint> points = begin;
        begin = null;
        long[] gaps = new long[Math.max(0, points.size() - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = points.get(i + 1).time() - points.get(i).time();
        }
        if (gaps.length < LEAST) {
            return;
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        period = sorted[(sorted.length - 1) / 2];
        int near = 0;
        for (long gap : gaps) {
            long whole = period <= 0 ? 0 : Math.round((double) gap / period);
            near += whole >= 1 && Math.abs(gap - whole * period) <= NEAR * period ? 1 : 0;
        }
        periodic = period > 0 && 10 * near >= NEARLY_ALL * gaps.length;
        irregular = !periodic;
        if (periodic) {
            start = points.get(0).time();
            last = start;
            activations = 1;
            fit(0);
            points.stream().skip(1).forEach(p -> step(p.time(), null, p));
        }
    }

    /** Takes an activation; one that is off waits for the next, which may make up for it. */
    private void step(long time, EventTap at, EventPoint point) {
        activations++;
        long whole = periods(time - last);
        if (off == NONE && whole == 1) {
            place(time, 1);
            return;
        }
        if (off == NONE) {
            off = time;
            offPoint = point != null ? point : at.point();
            return;
        }
        long first = off;
        off = NONE;
        if (whole < 2) {
            doubled++;
            firstDoubled = firstDoubled != null ? firstDoubled : offPoint;
            if (whole < 1) {
                off = time;
                offPoint = point != null ? point : at.point();
            } else {
                place(time, 1);
            }
            return;
        }
        long before = Math.max(1, Math.min(whole - 1, periods(first - last)));
        if (whole > 2) {
            missed += whole - 2;
            EventPoint behind = before > 1 ? offPoint : point != null ? point : at.point();
            firstMissed = firstMissed != null ? firstMissed : behind;
        }
        place(first, before);
        place(time, whole - before);
    }

    /** The last activation, if it is off and nothing made up for it. */
    private void settle() {
        long whole = off == NONE ? 1 : periods(off - last);
        if (whole < 1) {
            doubled++;
            firstDoubled = firstDoubled != null ? firstDoubled : offPoint;
        } else if (whole > 1) {
            missed += whole - 1;
            firstMissed = firstMissed != null ? firstMissed : offPoint;
        }
        off = NONE;
    }

    private long periods(long gap) {
        return Math.round((double) gap / period);
    }

    private void place(long time, long periods) {
        greatest = Math.max(greatest, Math.abs(time - last - periods * period));
        k += periods;
        last = time;
        fit(time - start - k * period);
    }

    private void fit(double residual) {
        n++;
        sumK += k;
        sumKk += (double) k * k;
        sumR += residual;
        sumKr += k * residual;
        sumRr += residual * residual;
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
        if (!periodic) {
            return Optional.empty();
        }
        settle();
        double varK = sumKk - sumK * sumK / n;
        double slope = varK <= 0 ? 0 : (sumKr - sumK * sumR / n) / varK;
        double offset = (sumR - slope * sumK) / n;
        double rest = sumRr - sumR * sumR / n - slope * slope * varK;
        double fitted = period + slope;
        double phase = (start - begun + offset) % fitted;
        return Optional.of(new Periodic(
                fitted,
                phase < 0 ? phase + fitted : phase,
                Math.sqrt(Math.max(0, rest) / n),
                greatest,
                activations,
                missed,
                Optional.ofNullable(firstMissed),
                doubled,
                Optional.ofNullable(firstDoubled)));
    }
}
