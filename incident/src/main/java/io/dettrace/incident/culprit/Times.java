package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Times of two windows by what they are times of: a kind of span's own time (its duration less that of the spans that it waits
 * for), and the gap of a call (the caller's span less the callee's, which is free of the clocks' difference). Own times are compared
 * among spans that begin the same kinds of spans. A request counts once for each, with the mean of its values.
 */
final class Times {
    private static final int NONE = -1;

    private final Long2LongHashMap numbers = new Long2LongHashMap(1024, 0.6f, NONE);
    int groups;
    int[] service = new int[64];
    /** Service that calls, -1 for own time. */
    int[] caller = new int[64];

    int[] operation = new int[64];
    /** True for gaps of calls that are answered: the network, and queues. */
    boolean[] isGap = new boolean[64];
    /** Milliseconds by request, of the baseline and the incident. */
    double[][] values = new double[128][];

    int[] counts = new int[128];
    /** Sum of the durations of the baseline's requests that pass, milliseconds. */
    double[] whole = new double[64];

    private double[] sum = new double[64];
    private int[] parts = new int[64];
    private int[] touched = new int[16];
    private int touchedCount;

    /** Takes single times of spans. */
    interface Visitor {
        /**
         * A time of a group.
         *
         * @param span the span whose own time it is, or the caller's span of a gap
         * @param ms milliseconds; a gap may be negative where clocks are coarse
         */
        void time(int request, int group, int span, double ms);
    }

    /** Takes in a window, 0 for the baseline and 1 for the incident. */
    void take(int side, Window w, Units units) {
        int[] request = {0};
        walk(w, units, (r, group, span, ms) -> {
            if (r != request[0]) {
                finish(side, duration(w, request[0]));
                request[0] = r;
            }
            add(group, ms);
        });
        if (w.requests() > 0) {
            finish(side, duration(w, request[0]));
        }
    }

    private static double duration(Window w, int request) {
        int root = w.firstSpan(request);
        return (w.end(root) - w.start(root)) / 1e6;
    }

    /** Gives all times of a window, by request. */
    void walk(Window w, Units units, Visitor visitor) {
        long[] childTime = new long[w.spans()];
        for (int r = 0; r < w.requests(); r++) {
            int from = w.firstSpan(r);
            int until = w.firstSpan(r + 1);
            cover(w, units, from, until, childTime);
            for (int s = from; s < until; s++) {
                own(w, units, r, s, until, childTime[s], visitor);
                int p = w.parent(s);
                if (units.isEntry(s) && p >= 0 && units.isCall(p)) {
                    visitor.time(
                            r,
                            group(w.service(s), w.service(p), w.operation(s), 0),
                            p,
                            (w.end(p) - w.start(p) - (w.end(s) - w.start(s))) / 1e6);
                }
            }
        }
    }

    /** Time of each span that is covered by its children, and by waiting to call one of them again that failed. */
    private static void cover(Window w, Units units, int from, int until, long[] covered) {
        long[] reached = new long[until - from];
        int[] failed = new int[until - from];
        for (int s = from + 1; s < until; s++) {
            int p = w.parent(s);
            if (p < from) {
                continue;
            }
            int before = failed[p - from];
            boolean again = before > 0 && units.target(s) == units.target(before);
            failed[p - from] = units.isCall(s) && units.target(s) >= 0 && units.isFailedCall(s) ? s : 0;
            long begin = again ? w.end(before) : Math.max(w.start(s), w.start(p));
            begin = Math.max(begin, reached[p - from]);
            long end = Math.min(w.end(s), w.end(p));
            if (end > begin) {
                covered[p] += end - begin;
                reached[p - from] = end;
            }
        }
    }

    private void own(Window w, Units units, int request, int span, int until, long covered, Visitor visitor) {
        long children = 0;
        boolean answered = false;
        for (int c = span + 1; c < until && w.parent(c) >= span; c++) {
            if (w.parent(c) == span) {
                children |= 1L << (Digest.of(w.operation(c), 0) & 63);
                answered |= units.isEntry(c);
            }
        }
        if (!answered || !units.isCall(span)) {
            // A call that nobody answers here lies between the caller and whom it calls, like a gap.
            boolean unanswered = units.isCall(span) && units.target(span) >= 0;
            int group = unanswered
                    ? group(units.target(span), w.service(span), w.operation(span), 1)
                    : group(w.service(span), NONE, w.operation(span), children);
            isGap[group] = false;
            visitor.time(request, group, span, (w.end(span) - w.start(span) - covered) / 1e6);
        }
    }

    private int group(int of, int from, int name, long kind) {
        long key = Digest.of(Digest.of(of, from), Digest.of(name, kind));
        long known = numbers.get(key);
        if (known != NONE) {
            return (int) known;
        }
        if (groups == service.length) {
            int more = 2 * groups;
            service = Arrays.copyOf(service, more);
            caller = Arrays.copyOf(caller, more);
            operation = Arrays.copyOf(operation, more);
            isGap = Arrays.copyOf(isGap, more);
            values = Arrays.copyOf(values, 2 * more);
            counts = Arrays.copyOf(counts, 2 * more);
            whole = Arrays.copyOf(whole, more);
            sum = Arrays.copyOf(sum, more);
            parts = Arrays.copyOf(parts, more);
        }
        service[groups] = of;
        caller[groups] = from;
        operation[groups] = name;
        isGap[groups] = from != NONE;
        values[2 * groups] = new double[8];
        values[2 * groups + 1] = new double[8];
        numbers.put(key, groups);
        return groups++;
    }

    private void add(int group, double ms) {
        if (parts[group] == 0) {
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, 2 * touchedCount);
            }
            touched[touchedCount++] = group;
        }
        sum[group] += ms;
        parts[group]++;
    }

    private void finish(int side, double duration) {
        for (int i = 0; i < touchedCount; i++) {
            int g = touched[i];
            int at = 2 * g + side;
            int n = counts[at]++;
            if (n == values[at].length) {
                values[at] = Arrays.copyOf(values[at], 2 * n);
            }
            values[at][n] = sum[g] / parts[g];
            whole[g] += side == 0 ? duration : 0;
            sum[g] = 0;
            parts[g] = 0;
        }
        touchedCount = 0;
    }
}
