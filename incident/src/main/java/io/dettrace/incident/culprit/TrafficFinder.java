package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Entry points that more requests come to, while these get worse. Traffic changes by itself, so a change matters only as far as
 * requests take longer or fail: the added share of requests times what their answers lost.
 */
final class TrafficFinder {
    private final Comparison c;
    private final Map<String, double[]> byEntry = new TreeMap<>();
    private final Map<String, double[]> byService = new HashMap<>();

    TrafficFinder(Comparison c) {
        this.c = c;
        count(c.baseline, c.before, 0);
        count(c.incident, c.now, 1);
    }

    private void count(Window w, Units units, int side) {
        double seconds = seconds(w);
        for (int r = 0; r < w.requests(); r++) {
            int root = w.firstSpan(r);
            double[] entry = byEntry.computeIfAbsent(
                    c.names.get(w.service(root)) + "\0" + c.names.get(w.operation(root)), k -> new double[8]);
            entry[side] += w.weight(r) / seconds;
            entry[2 + side] += (w.end(root) - w.start(root)) / 1e6;
            entry[4 + side] += units.isFailing(root) ? 1 : 0;
            entry[6 + side]++;
            List<Integer> seen = new ArrayList<>();
            for (int s = root; s < w.firstSpan(r + 1); s++) {
                int whose = units.isCall(s) && units.target(s) >= 0 ? units.target(s) : w.service(s);
                if (!seen.contains(whose)) {
                    seen.add(whose);
                    byService.computeIfAbsent(c.names.get(whose), k -> new double[2])[side] += w.weight(r) / seconds;
                }
            }
        }
    }

    /** Seconds between the first and the last percentile of the requests' starts, as of all. */
    private static double seconds(Window w) {
        long[] starts = new long[w.requests()];
        for (int r = 0; r < starts.length; r++) {
            starts[r] = w.start(w.firstSpan(r));
        }
        Arrays.sort(starts);
        if (starts.length < 2) {
            return 1;
        }
        int cut = starts.length / 100;
        double kept = (double) (starts.length - 1 - 2 * cut) / (starts.length - 1);
        return Math.max(1e-3, (starts[starts.length - 1 - cut] - starts[cut]) / 1e9 / kept);
    }

    /** Factor by which requests through a service come more often, 1 if they do not. */
    double growth(String service) {
        double[] rates = byService.get(service);
        return rates == null || rates[0] == 0 || rates[1] <= rates[0] ? 1 : rates[1] / rates[0];
    }

    /** Departures of entry points that chance does not explain at a level. */
    List<Departure> find(double level) {
        List<Departure> found = new ArrayList<>();
        byEntry.forEach((key, of) -> {
            double p = of[0] > 0 && of[1] > of[0] ? p(of) : 1;
            if (p <= level) {
                double before = of[2] / of[6];
                double now = of[3] / of[7];
                double slower = now <= before ? 0 : 1 - before / now;
                double failing = Math.max(0, of[5] / of[7] - of[4] / of[6]);
                String[] entry = key.split("\0", -1);
                found.add(new Departure(
                        Departure.Kind.TRAFFIC,
                        entry[0],
                        entry[1],
                        "",
                        "",
                        "",
                        "",
                        (int) of[6],
                        (int) of[6],
                        (int) of[7],
                        (int) of[7],
                        of[1] / of[0],
                        Math.max(slower, failing),
                        1 - of[0] / of[1],
                        p,
                        0,
                        0,
                        null));
            }
        });
        return found;
    }

    /** Probability of as many requests in the incident if the rates are equal (Przyborowski and Wilenski 1940). */
    private static double p(double[] of) {
        double before = of[6] / of[0];
        double now = of[7] / of[1];
        int all = (int) (of[6] + of[7]);
        return 1 - new BinomialDistribution(all, now / (before + now)).cumulativeProbability((int) of[7] - 1);
    }
}
