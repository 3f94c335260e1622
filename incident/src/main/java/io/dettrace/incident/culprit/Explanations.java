package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which departures others explain. In each request of the incident the departures are put in the order of time. A later one is
 * explained by an earlier one as far as it happens more often with it than without: the attributable share of cases (Miettinen
 * 1974), {@code p(RR - 1)/RR} with the share {@code p} of its requests that had the other before, and the ratio {@code RR} of its
 * rates with and without the other. Where no request is without the other, the baseline is the measure.
 */
final class Explanations {
    private static final int EXAMPLES = 3;

    private final int departures;
    /** By departure: requests that pass where it may happen, and in which it happens. */
    private final int[] passing;

    private final int[] happening;
    /** By the pair (other, this): requests that pass, where the other happens; of these those in which both happen, the other first. */
    private final int[][] passingWith;

    private final int[][] happeningAfter;
    private final List<Occurrence> occurrences = new ArrayList<>();
    /** By departure: requests that show it with the least of others. */
    private final List<List<Example>> examples = new ArrayList<>();

    private final boolean[] passed;

    /** A departure in a request. */
    private record Occurrence(int departure, long time, int span, int rank) {}

    private record Example(int request, int others) {}

    Explanations(int departures) {
        this.departures = departures;
        passing = new int[departures];
        happening = new int[departures];
        passingWith = new int[departures][departures];
        happeningAfter = new int[departures][departures];
        passed = new boolean[departures];
        for (int d = 0; d < departures; d++) {
            examples.add(new ArrayList<>());
        }
    }

    /** Requests that show a departure best: in which the fewest others happen. */
    List<Integer> examples(int departure) {
        return examples.get(departure).stream().map(Example::request).toList();
    }

    /** The current request passes where a departure may happen. */
    void pass(int departure) {
        passed[departure] = true;
    }

    /**
     * A departure happens in the current request; its first time counts.
     *
     * @param rank order at one time in one span, the lower first
     */
    void happen(int departure, long time, int span, int rank) {
        passed[departure] = true;
        occurrences.add(new Occurrence(departure, time, span, rank));
    }

    /** Ends the current request. */
    void endRequest(int request) {
        // Of what happens at one time, what is deeper in the calls comes first.
        occurrences.sort(Comparator.comparingLong(Occurrence::time)
                .thenComparing(Occurrence::span, Comparator.reverseOrder())
                .thenComparingInt(Occurrence::rank));
        boolean[] happened = new boolean[departures];
        List<Integer> order = new ArrayList<>();
        for (Occurrence o : occurrences) {
            if (!happened[o.departure()]) {
                happened[o.departure()] = true;
                order.add(o.departure());
            }
        }
        for (int d = 0; d < departures; d++) {
            passing[d] += passed[d] ? 1 : 0;
            for (int other : order) {
                passingWith[other][d] += passed[d] && other != d ? 1 : 0;
            }
        }
        for (int i = 0; i < order.size(); i++) {
            happening[order.get(i)]++;
            example(order.get(i), new Example(request, order.size()));
            for (int j = 0; j < i; j++) {
                happeningAfter[order.get(j)][order.get(i)]++;
            }
        }
        occurrences.clear();
        Arrays.fill(passed, false);
    }

    private void example(int departure, Example example) {
        List<Example> its = examples.get(departure);
        its.add(example);
        its.sort(Comparator.comparingInt(Example::others).thenComparingInt(Example::request));
        if (its.size() > EXAMPLES) {
            its.remove(EXAMPLES);
        }
    }

    /** Share of a departure's requests that another explains, 0 to 1. */
    double explained(int d, int other, Departure of) {
        int both = happeningAfter[other][d];
        int with = passingWith[other][d];
        if (both == 0 || happening[d] == 0) {
            return 0;
        }
        int without = passing[d] - with;
        int happeningWithout = happening[d] - both;
        // With few requests without the other, the baseline, where neither happens, says what is usual.
        double usual = (double) of.baselineHits() / of.baseline();
        double rateWithout = without == 0 ? usual : Math.min(1, (double) happeningWithout / without);
        double rateWith = (double) both / with;
        if (rateWith <= rateWithout) {
            return 0;
        }
        return (double) both / happening[d] * (1 - rateWithout / rateWith);
    }
}
