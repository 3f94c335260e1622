package io.dettrace.incident.blast;

import io.dettrace.incident.culprit.Units;
import io.dettrace.incident.window.Window;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Time that requests wait ahead of a service, and whether that is a queue of the service's or the network. Ahead is what lies between
 * the start of the call and that of the unit, less the baseline's median for the same two instances, so that their clocks do not
 * matter. Whoever leaves a queue begins when another unit of the same instance ends; whoever was long on the way begins at any time.
 */
final class Queues {
    /** Nanoseconds in which a worker that got free takes the next request. */
    private static final long HANDOVER = 200_000;

    private final Map<Long, Double> usual = new HashMap<>();
    private final Map<Integer, Double> usualOfService = new HashMap<>();

    /** The usual times, of the baseline. */
    Queues(Window w, Units units) {
        Map<Long, double[]> pairs = new HashMap<>();
        Map<Integer, double[]> services = new HashMap<>();
        for (int s = 0; s < w.spans(); s++) {
            if (isAnswer(w, units, s)) {
                double ms = (w.start(s) - w.start(w.parent(s))) / 1e6;
                pairs.merge(pair(w, s), new double[] {ms}, Queues::append);
                services.merge(w.service(s), new double[] {ms}, Queues::append);
            }
        }
        pairs.forEach((k, v) -> usual.put(k, median(v)));
        services.forEach((k, v) -> usualOfService.put(k, median(v)));
    }

    private static double[] append(double[] a, double[] b) {
        // Some hundred values tell a median well enough.
        if (a.length >= 200) {
            return a;
        }
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static boolean isAnswer(Window w, Units units, int s) {
        int p = w.parent(s);
        return units.isEntry(s) && p >= 0 && units.isCall(p) && units.answer(p) == s;
    }

    private static long pair(Window w, int s) {
        return (long) w.instance(w.parent(s)) << 32 | w.instance(s);
    }

    /** Milliseconds that a unit waited ahead of its service beyond the usual, 0 if nothing tells. */
    double ahead(Window w, Units units, int s) {
        if (!isAnswer(w, units, s)) {
            return 0;
        }
        Double typical = usual.get(pair(w, s));
        if (typical != null) {
            return Math.max(0, (w.start(s) - w.start(w.parent(s))) / 1e6 - typical);
        }
        typical = usualOfService.get(w.service(s));
        return typical == null
                ? 0
                : Math.max(0, (units.corrected(s, w.start(s)) - w.start(w.parent(s))) / 1e6 - typical);
    }

    /** By service, the share of the units that waited for more than {@code least} ms and began when another ended. */
    Map<Integer, double[]> handovers(Window w, Units units, double least) {
        Map<Integer, long[]> ends = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int s = 0; s < w.spans(); s++) {
            if (units.isEntry(s)) {
                counts.merge(w.instance(s), 1, Integer::sum);
            }
        }
        counts.forEach((k, v) -> ends.put(k, new long[v]));
        for (int s = 0; s < w.spans(); s++) {
            if (units.isEntry(s)) {
                long[] its = ends.get(w.instance(s));
                its[its.length - counts.merge(w.instance(s), -1, Integer::sum) - 1] = w.end(s);
            }
        }
        ends.values().forEach(Arrays::sort);
        Map<Integer, double[]> found = new HashMap<>();
        for (int s = 0; s < w.spans(); s++) {
            if (units.isEntry(s)) {
                boolean waited = ahead(w, units, s) > least;
                double[] of = found.computeIfAbsent(w.service(s), k -> new double[4]);
                of[waited ? 0 : 2]++;
                of[waited ? 1 : 3] += isHandover(ends.get(w.instance(s)), w.start(s)) ? 1 : 0;
            }
        }
        return found;
    }

    private static boolean isHandover(long[] ends, long start) {
        int at = Arrays.binarySearch(ends, start);
        at = at < 0 ? -at - 1 : at + 1;
        while (at < ends.length && ends[at] == start) {
            at++;
        }
        return at > 0 && start - ends[at - 1] <= HANDOVER;
    }
}
