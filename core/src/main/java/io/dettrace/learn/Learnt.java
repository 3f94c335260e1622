package io.dettrace.learn;

import io.dettrace.normalize.FieldRule;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.util.List;
import java.util.Set;

/**
 * A profile and how honest it is.
 *
 * @param runs names of the passing runs
 * @param reference number of the run that the others were aligned with, from 0
 * @param profile the profile, without evidence
 * @param clean for each run whether it is equivalent under the profile of all others; empty with fewer than three runs
 * @param blindness how much the profile hides
 */
public record Learnt(List<String> runs, int reference, Profile profile, List<Boolean> clean, Blindness blindness) {
    private static final Set<FieldRule.Form> TESTED =
            Set.of(FieldRule.Form.RANGE, FieldRule.Form.ONE_OF, FieldRule.Form.COUNTER, FieldRule.Form.FUNCTION_OF);

    /** Quantities that a further passing run could violate by chance: bounds, sets, counters, functions. */
    public int quantities() {
        return (int) profile.rules().stream()
                .filter(e -> e.rule() instanceof Rule.OfField f
                        && TESTED.contains(f.rule().form()))
                .count();
    }

    /**
     * Upper bound of the probability that a further passing run is called divergent, whatever the distributions, if runs are
     * exchangeable: each of the tested quantities of a further run lies outside what the N others had with probability 2/(N +
     * 1) at most, and their sum bounds that of any (Vovk, Gammerman and Shafer 2005, section 2). The ranges of the profile are
     * wider than what was seen, so that the bound is not reached. At most 1.
     */
    public double falseAlarmBound() {
        return Math.min(1, 2.0 * quantities() / (runs.size() + 1));
    }

    /** How many runs are equivalent under the profile of the others. */
    public long cleanRuns() {
        return clean.stream().filter(c -> c).count();
    }
}
