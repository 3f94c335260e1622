package io.dettrace.learn;

import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.util.List;

/**
 * A profile and how honest it is.
 *
 * @param runs names of the passing runs
 * @param reference number of the run that the others were aligned with, from 0
 * @param profile the profile, without evidence
 * @param clean for each run whether it is equivalent under the profile of all others; empty with fewer than three runs
 * @param atFirst the same before rules that proved too narrow got a wider form
 * @param blindness how much the profile hides
 * @param delays how long events take; they have a say in timing only and are not among the quantities
 */
public record Learnt(
        List<String> runs,
        int reference,
        Profile profile,
        List<Boolean> clean,
        List<Boolean> atFirst,
        Blindness blindness,
        LearntDelays delays) {
    /** Quantities that a further passing run could violate: bounds, sets, counters, functions, identifiers, counts. */
    public int quantities() {
        return (int) profile.rules().stream().filter(e -> sides(e.rule()) > 0).count();
    }

    /**
     * Upper bound of the probability that a further passing run is called divergent because of a learnt quantity, whatever the
     * distributions, if the N + 1 runs are exchangeable; at most 1.
     *
     * <p>Of N + 1 runs at most two can lie alone outside the range of all others, one at each end, so that the last one does
     * with probability 2/(N + 1) at most (Vovk, Gammerman and Shafer 2005, section 2.2). A counter that does not count, a value
     * that does not go with another, an identifier that is not renamed one to one, or a value outside of a set each of whose
     * values two runs have: of that there can be but one such run, which makes 1/(N + 1). The sum bounds that of any. Ranges
     * are wider in the profile than what was seen, so that the bound is not reached.
     */
    public double falseAlarmBound() {
        return Math.min(1, (double) sides() / (runs.size() + 1));
    }

    /** Passing runs that would bring the bound down to {@code bound}, 0 to 1, if they taught the same rules. */
    public int runsFor(double bound) {
        return Math.max(0, (int) Math.ceil(sides() / bound) - 1);
    }

    private int sides() {
        return profile.rules().stream().mapToInt(e -> sides(e.rule())).sum();
    }

    /** Of N + 1 runs, how many can violate the rule that the others give. */
    private static int sides(Rule rule) {
        if (rule instanceof Rule.Optional o) {
            return (o.low() > 0 ? 1 : 0) + (o.high() < Long.MAX_VALUE ? 1 : 0);
        }
        if (rule instanceof Rule.Repeats r) {
            return (r.low() > 1 ? 1 : 0) + (r.high() < Long.MAX_VALUE ? 1 : 0);
        }
        if (!(rule instanceof Rule.OfField f)) {
            return 0;
        }
        return switch (f.rule().form()) {
            case RANGE -> 2;
            case ONE_OF, COUNTER, FUNCTION_OF, ID -> 1;
            case SAME, ANY, TIME -> 0;
        };
    }

    /** True if some rules got a wider form because a passing run did not meet what all others gave. */
    public boolean wasRelaxed() {
        return !clean.equals(atFirst);
    }

    /** How many runs are equivalent under the profile of the others. */
    public long cleanRuns() {
        return clean.stream().filter(c -> c).count();
    }
}
