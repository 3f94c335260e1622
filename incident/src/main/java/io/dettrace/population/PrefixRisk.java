package io.dettrace.population;

import java.util.List;
import java.util.Optional;

/**
 * How probable failure is after each prefix of a failing run, among the other runs that have the same prefix up to
 * interleaving. An association: what comes at the jump need not be the cause.
 *
 * @param run name of the failing run
 * @param good passing runs to begin with
 * @param bad other failing runs to begin with
 * @param steps the events at which runs part from this one, in its order
 * @param jump number of the step with the greatest rise, from 0, empty if there is none with failing runs behind it
 */
public record PrefixRisk(String run, int good, int bad, List<Step> steps, Optional<Integer> jump) {
    /**
     * An event that some of the other runs do not have in this place.
     *
     * @param event its number in the run, from 0; the number of events if runs part behind the last one
     * @param place where it stands
     * @param what its lane and kind
     * @param good passing runs that have all events up to and with this one
     * @param bad other failing runs that do
     * @param p probability by {@link FisherTest} that passing and failing runs part as unevenly by chance
     */
    public record Step(int event, String place, String what, int good, int bad, double p) {
        /** P(fail | prefix) behind the event, empty if no other run has this prefix. */
        public Optional<Double> risk() {
            return good + bad == 0 ? Optional.empty() : Optional.of((double) bad / (good + bad));
        }
    }

    /** P(fail | prefix) before the first event: the share of failing runs among the others. */
    public double riskAtStart() {
        return (double) bad / (good + bad);
    }

    /** P(fail | prefix) just before a step. */
    public double riskBefore(int step) {
        return step == 0 ? riskAtStart() : steps.get(step - 1).risk().orElse(0.0);
    }

    /** How much P(fail | prefix) rises at the jump, 0 to 1. */
    public double rise() {
        return jump.map(j -> steps.get(j).risk().orElse(0.0) - riskBefore(j)).orElse(0.0);
    }
}
