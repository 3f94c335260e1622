package io.dettrace.population;

import java.util.List;

/**
 * Statements that are true of the same runs, and how well they tell failing runs from passing ones.
 *
 * @param statement the one whose event comes first, as the others may follow from it
 * @param others all others, opposites included, in their order
 * @param bad failing runs that it is true of
 * @param good passing runs that it is true of
 * @param difference share of the failing runs that it is true of, less that of the passing ones, -1 to 1
 * @param low lower end of the 95 % interval of the difference (Newcombe 1998, method 10)
 * @param high its upper end
 * @param p probability by {@link FisherTest}
 * @param adjusted probability that any statement looks so good if nothing separates the runs (Westfall and Young 1993, 2.3)
 * @param places where it first is true in failing runs, or in passing ones if it is true of more of them; a few
 */
public record Separation(
        Predicate statement,
        List<Predicate> others,
        int bad,
        int good,
        double difference,
        double low,
        double high,
        double p,
        double adjusted,
        List<String> places) {
    /** True if the statement is true of a greater share of the failing runs. */
    public boolean isOfFailing() {
        return difference > 0;
    }
}
