package io.dettrace.incident.timeline;

import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.culprit.Units;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the change point of the share of requests that depart at the root: the time that makes what was seen most likely if that share
 * is the baseline's before it and another after it (Hinkley 1970), with all times whose logarithm of likelihood is at most 1.92 less (the
 * 95 % quantile of chi square with one degree of freedom, halved).
 */
final class OnsetFinder {
    private static final double DROP = 1.92;
    private static final double SLOW = 0.95;

    private final Comparison c;
    private final Culprit root;
    private final Map<Integer, Double> limits = new HashMap<>();

    OnsetFinder(Comparison c, Culprit root) {
        this.c = c;
        this.root = root;
    }

    private record Seen(long time, boolean departs) {}

    /** The onset, null if nothing departs. */
    @Nullable
    Onset find() {
        if (root.cause().kind() == Departure.Kind.TRAFFIC) {
            return byTraffic();
        }
        int number = c.baseline().names().of(root.service());
        limits(number);
        List<Seen> before = seen(c.baseline(), c.before(), number);
        List<Seen> now = seen(c.incident(), c.now(), number);
        if (now.isEmpty()) {
            return null;
        }
        double hits = before.stream().filter(Seen::departs).count();
        double usual = (hits + 0.5) / (before.size() + 1);
        double[] scores = new double[now.size()];
        double all = now.stream().filter(Seen::departs).count();
        double hit = 0;
        for (int k = 0; k < scores.length; k++) {
            // The first k requests are as before.
            double rest = scores.length - k;
            double then = Math.max(usual, Math.min(1 - 1e-9, (all - hit) / rest));
            scores[k] = log(hit, k, usual) + log(all - hit, rest, then);
            hit += now.get(k).departs() ? 1 : 0;
        }
        Onset found = onset(scores, now.stream().mapToLong(Seen::time).toArray());
        // What was under way when it began departs too, though it started before.
        double underWay =
                limits.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return new Onset(found.time(), found.low(), found.high() + Math.round(underWay * 1e6), found.beforeWindow());
    }

    private static double log(double hits, double of, double share) {
        return hits * Math.log(share) + (of - hits) * Math.log1p(-share);
    }

    private static Onset onset(double[] scores, long[] times) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        int low = 0;
        while (scores[low] < scores[best] - DROP) {
            low++;
        }
        int high = scores.length - 1;
        while (scores[high] < scores[best] - DROP) {
            high--;
        }
        // The change is between the last request that is as before and the first that is not.
        return new Onset(times[best], times[Math.max(0, low - 1)], times[high], low == 0);
    }

    /** Spacings of requests of the entry point that came more often: exponential, with one rate and then another. */
    private @Nullable Onset byTraffic() {
        long[] before = starts(c.baseline());
        long[] now = starts(c.incident());
        if (before.length < 2 || now.length < 2) {
            return null;
        }
        double usual = (before.length - 1) / ((before[before.length - 1] - before[0]) / 1e9);
        double[] scores = new double[now.length - 1];
        for (int k = 0; k < scores.length; k++) {
            double seconds = Math.max(1e-6, (now[k] - now[0]) / 1e9);
            double left = Math.max(1e-6, (now[now.length - 1] - now[k]) / 1e9);
            double rate = Math.max(usual, (now.length - 1 - k) / left);
            scores[k] = k * Math.log(usual) - usual * seconds + (now.length - 1 - k) * Math.log(rate) - rate * left;
        }
        return onset(scores, now);
    }

    private long[] starts(Window w) {
        int service = w.names().of(root.service());
        List<Long> starts = new ArrayList<>();
        for (int r = 0; r < w.requests(); r++) {
            int s = w.firstSpan(r);
            if (w.service(s) == service
                    && w.names().get(w.operation(s)).equals(root.cause().subject())) {
                starts.add(w.start(s));
            }
        }
        return starts.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private void limits(int service) {
        Map<Integer, List<Double>> all = new HashMap<>();
        Window w = c.baseline();
        for (int s = 0; s < w.spans(); s++) {
            if (concerns(w, c.before(), service, s)) {
                all.computeIfAbsent(w.operation(s), k -> new ArrayList<>()).add((w.end(s) - w.start(s)) / 1e6);
            }
        }
        all.forEach((op, values) -> {
            values.sort(Comparator.naturalOrder());
            limits.put(op, values.get((int) (SLOW * (values.size() - 1))));
        });
    }

    private static boolean concerns(Window w, Units units, int service, int s) {
        return units.isEntry(s) && w.service(s) == service || units.isCall(s) && units.target(s) == service;
    }

    private boolean departs(Window w, Units units, int s) {
        return w.error(s)
                || units.isFailing(s) && units.isEntry(s)
                || (w.end(s) - w.start(s)) / 1e6 > limits.getOrDefault(w.operation(s), Double.POSITIVE_INFINITY);
    }

    private List<Seen> seen(Window w, Units units, int service) {
        List<Seen> all = new ArrayList<>();
        for (int r = 0; r < w.requests(); r++) {
            boolean any = false;
            boolean departs = false;
            long time = 0;
            for (int s = w.firstSpan(r); s < w.firstSpan(r + 1); s++) {
                if (concerns(w, units, service, s)) {
                    boolean it = departs(w, units, s);
                    // A request counts from where it first departs, or else from where it first comes by.
                    time = any && (departs || !it) ? time : w.start(s);
                    any = true;
                    departs |= it;
                }
            }
            if (any) {
                all.add(new Seen(time, departs));
            }
        }
        all.sort(Comparator.comparingLong(Seen::time));
        return all;
    }
}
