package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.HashMap;
import java.util.Map;

/**
 * How long services hold a worker for a request, and how much of that they wait for others. A queue ahead of a service grows with the
 * time that it holds its workers (Little 1961), so where that grew because of its callees they are why.
 */
final class Holding {
    /** By service: milliseconds of its units, of their calls, and units; of the baseline, then of the incident. */
    private final Map<String, double[]> times = new HashMap<>();

    Holding(Comparison c) {
        take(c.baseline, c.before, 0);
        take(c.incident, c.now, 3);
    }

    private void take(Window w, Units units, int at) {
        for (int s = 0; s < w.spans(); s++) {
            double[] of = times.computeIfAbsent(w.names().get(w.service(s)), k -> new double[6]);
            if (units.isEntry(s)) {
                of[at] += (w.end(s) - w.start(s)) / 1e6;
                of[at + 2]++;
            }
            if (units.isCall(s)) {
                of[at + 1] += (w.end(s) - w.start(s)) / 1e6;
            }
        }
    }

    /**
     * Share of a queue's growth that waiting for callees explains, 0 to 1: the share that it has in the growth of the holding time, as
     * far as that is no less than what the queue grew by.
     *
     * @param queue milliseconds a request by which the queue grew
     */
    double byCalls(String service, double queue) {
        double[] of = times.get(service);
        if (of == null || of[2] == 0 || of[5] == 0) {
            return 0;
        }
        double grown = of[3] / of[5] - of[0] / of[2];
        double waiting = of[4] / of[5] - of[1] / of[2];
        return grown <= 0 || waiting <= 0 ? 0 : Math.min(1, waiting / grown) * Math.min(1, grown / queue);
    }
}
