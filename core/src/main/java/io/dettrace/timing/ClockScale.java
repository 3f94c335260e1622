package io.dettrace.timing;

import io.dettrace.compare.ObservedPair;
import io.dettrace.event.EventBlock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether one run's clock goes at another rate than the other's, and when the runs began.
 *
 * <p>It is found from the first pairs: if nearly all own delays of the candidate are the same multiple of the baseline's, up
 * to the clocks' resolution, then it is the clock, or the whole machine, and no single event.
 *
 * @param rate nanoseconds of the candidate for one of the baseline; 1 if no other rate is found
 * @param rounding nanoseconds by which a duration may differ because of the clocks' resolution; 0 if nearly all are equal,
 *     so that they do not
 * @param perNanosecond further uncertainty for each nanosecond of a duration, as the rate is not known better
 * @param starts true if the lanes that nothing enables begin at the same times in both runs, so that their first events
 *     can be late
 * @param start time of the earliest event of the baseline
 * @param candidateStart time at which the candidate would have had that event
 */
record ClockScale(double rate, long rounding, double perNanosecond, boolean starts, long start, long candidateStart) {
    /** Share of the delays that must be the same multiple. */
    private static final double NEARLY_ALL = 0.9;

    /** Durations from which on a rate can be told. */
    private static final int ENOUGH = 8;

    /** The baseline's delay in the candidate's nanoseconds. */
    long expected(long delay) {
        return rate == 1 ? delay : Math.round(rate * delay);
    }

    /** Nanoseconds by which a delay may differ although nothing but the rate does. */
    long uncertainty(long delay) {
        return rounding == 0 ? 0 : rounding + (long) Math.ceil(perNanosecond * delay);
    }

    /** Looks at the first pairs of the runs. */
    static ClockScale of(List<ObservedPair> pairs, Tolerance tolerance, Optional<TimingClocks> clocks) {
        return rateOf(delays(pairs, clocks), pairs).withStarts(pairs, tolerance);
    }

    /** Without a look. */
    static ClockScale none(List<ObservedPair> pairs, Tolerance tolerance) {
        return new ClockScale(1, 0, 0, false, 0, 0).withStarts(pairs, tolerance);
    }

    /** Own delays in both runs: delays would show a late event in every lane that it reaches. */
    private static long[][] delays(List<ObservedPair> pairs, Optional<TimingClocks> clocks) {
        long[][] delays = new long[2][pairs.size()];
        int n = 0;
        OwnDelay own = new OwnDelay(clocks);
        for (ObservedPair p : pairs) {
            if (own.of(p) == OwnDelay.Known.BOTH && own.error() == 0 && p.time(0) > own.enabled(0)) {
                delays[0][n] = p.time(0) - own.enabled(0);
                delays[1][n++] = p.time(1) - own.enabled(1);
            }
            own.add(p, 0, null);
        }
        return new long[][] {Arrays.copyOf(delays[0], n), Arrays.copyOf(delays[1], n)};
    }

    private static ClockScale rateOf(long[][] delays, List<ObservedPair> pairs) {
        ClockScale same = new ClockScale(1, 0, 0, false, 0, 0);
        int n = delays[0].length;
        if (n < ENOUGH) {
            return same;
        }
        double rate = weightedMedian(delays);
        if (rate <= 0) {
            return same;
        }
        long rounding = (long) Math.ceil(resolution(pairs, 0) * rate) + resolution(pairs, 1) - 1;
        double refined = fit(delays, rate, rounding);
        long longest = 0;
        int agree = 0;
        int equal = 0;
        for (int i = 0; i < n; i++) {
            equal += delays[1][i] == delays[0][i] ? 1 : 0;
            if (Math.abs(delays[1][i] - refined * delays[0][i]) <= rounding) {
                agree++;
                longest = Math.max(longest, delays[0][i]);
            }
        }
        if (n - equal <= Math.max(TimingComparison.FEW, TimingComparison.NOISY * n) || agree < NEARLY_ALL * n) {
            return same;
        }
        boolean differs = Math.abs(refined - 1) * longest > rounding;
        return differs
                ? new ClockScale(refined, rounding, (double) rounding / longest, false, 0, 0)
                : new ClockScale(1, rounding, 0, false, 0, 0);
    }

    /** The ratio for which shorter and longer delays weigh the same. */
    private static double weightedMedian(long[][] delays) {
        int n = delays[0].length;
        Integer[] order = new Integer[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            order[i] = i;
            total += delays[0][i];
        }
        Arrays.sort(order, (a, b) -> Double.compare(ratio(delays, a), ratio(delays, b)));
        double sum = 0;
        for (int i : order) {
            sum += delays[0][i];
            if (2 * sum >= total) {
                return ratio(delays, i);
            }
        }
        return 1;
    }

    private static double ratio(long[][] delays, int i) {
        return (double) delays[1][i] / delays[0][i];
    }

    /** Least squares over the delays that agree with a first guess. */
    private static double fit(long[][] delays, double guess, long rounding) {
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < delays[0].length; i++) {
            double x = delays[0][i];
            if (Math.abs(delays[1][i] - guess * x) <= 2.0 * rounding) {
                xy += x * delays[1][i];
                xx += x * x;
            }
        }
        return xx == 0 ? guess : xy / xx;
    }

    /** The greatest number of nanoseconds of which all times are multiples, counted from the first. */
    private static long resolution(List<ObservedPair> pairs, int side) {
        long first = EventBlock.NO_TIME;
        long divisor = 0;
        for (ObservedPair p : pairs) {
            long time = p.time(side);
            if (time != EventBlock.NO_TIME) {
                first = first == EventBlock.NO_TIME ? time : first;
                divisor = gcd(divisor, Math.abs(time - first));
            }
        }
        return Math.max(1, divisor);
    }

    private static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }

    /**
     * Compares the times of the first events that nothing enables, with the median as the shift between the clocks. Nearly
     * all must agree: where many do not, lanes have clocks of their own, or everything behind some time was held up, and
     * which starts are right is not known. Neither is it if the very first seems early.
     */
    private ClockScale withStarts(List<ObservedPair> pairs, Tolerance tolerance) {
        List<ObservedPair> firsts = pairs.stream()
                .filter(p -> p.ordinal(0) == 0 && p.ordinal(1) == 0 && p.links(0) == 0 && p.links(1) == 0)
                .filter(p -> p.time(0) != EventBlock.NO_TIME && p.time(1) != EventBlock.NO_TIME)
                .sorted(Comparator.comparingLong((ObservedPair p) -> p.time(0)).thenComparing(ObservedPair::laneName))
                .toList();
        if (firsts.size() < 3) {
            return this;
        }
        long begin = firsts.get(0).time(0);
        long[] shifts = firsts.stream()
                .mapToLong(p -> p.time(1) - expected(p.time(0) - begin))
                .toArray();
        long[] sorted = shifts.clone();
        Arrays.sort(sorted);
        long shift = sorted[(sorted.length - 1) / 2];
        int off = 0;
        for (int i = 0; i < shifts.length; i++) {
            long delay = firsts.get(i).time(0) - begin;
            boolean agrees = Math.abs(shifts[i] - shift) <= tolerance.around(delay) + uncertainty(delay);
            off += agrees ? 0 : i == 0 && shifts[i] < shift ? shifts.length : 1;
        }
        boolean known = off <= Math.max(1, shifts.length / 10);
        return new ClockScale(rate, rounding, perNanosecond, known, begin, shift);
    }
}
