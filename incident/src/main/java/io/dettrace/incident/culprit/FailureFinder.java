package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import java.util.ArrayList;
import java.util.List;

/** Where more requests begin to fail than in the baseline (Fisher's exact test, one-sided). */
final class FailureFinder {
    private final Failures t;
    private final Names names;
    /** All p-values, for the control of false discoveries. */
    final List<Double> tests = new ArrayList<>();

    FailureFinder(Failures t, Names names) {
        this.t = t;
        this.names = names;
    }

    /** The groups that fail more often, whatever their significance; bounds are given to those that are selected. */
    List<Found> find() {
        List<Found> found = new ArrayList<>();
        for (int g = 0; g < t.groups; g++) {
            int n = t.passing[2 * g];
            int m = t.passing[2 * g + 1];
            int before = t.failing[2 * g];
            int now = t.failing[2 * g + 1];
            if (n == 0 || m == 0) {
                continue;
            }
            double p = Counting.more(before, n, now, m);
            tests.add(p);
            if (p < 1) {
                found.add(new Found(g, 0, now - (double) before * m / n, departure(g, p)));
            }
        }
        return found;
    }

    private Departure departure(int g, double p) {
        int n = t.passing[2 * g];
        int m = t.passing[2 * g + 1];
        int before = t.failing[2 * g];
        int now = t.failing[2 * g + 1];
        String service = names.get(t.service[g]);
        return new Departure(
                Departure.Kind.FAILURE,
                service,
                t.caller[g] < 0 ? names.get(t.operation[g]) : names.get(t.caller[g]) + ">" + service,
                "",
                "",
                "",
                "",
                n,
                before,
                m,
                now,
                (double) now / m - (double) before / n,
                1,
                0,
                p,
                0,
                0,
                null);
    }
}
