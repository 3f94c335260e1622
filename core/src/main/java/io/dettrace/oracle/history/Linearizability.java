package io.dettrace.oracle.history;

import java.util.List;
import java.util.Optional;

/**
 * What was found out about a history.
 *
 * @param verdict whether it is linearizable
 * @param model name of the model
 * @param operations operations of the history
 * @param unknown operations of which nobody knows whether they took effect
 * @param leftOut operations that failed and so did not happen
 * @param refused operations that failed and are taken as refused by the object, which says something about its state
 * @param parts independent parts that were checked apart
 * @param byValues of these parts those that were decided without a search, as no value was put twice
 * @param violation the first violation, if there is one
 * @param undecided parts for which a limit was reached, by the place up to which they can be explained
 * @param mostStates configurations held at most at a time
 * @param steps calls tried on a state, in all
 */
public record Linearizability(
        Verdict verdict,
        String model,
        int operations,
        int unknown,
        int leftOut,
        int refused,
        int parts,
        int byValues,
        Optional<Violation> violation,
        List<Undecided> undecided,
        long mostStates,
        long steps) {

    /**
     * A part that could not be decided.
     *
     * @param part its name, {@link Value#NIL} if there is one part only
     * @param from the operation at whose end the search stopped: all before it can be explained
     * @param explained operations of the part that ended before
     * @param operations operations of the part
     */
    public record Undecided(Value part, Operation from, int explained, int operations) {}

    /**
     * The end of the shortest prefix that no sequential behaviour explains.
     *
     * @param part the part, {@link Value#NIL} if there is one part only
     * @param operation the operation whose end it is
     * @param exact false if a limit was reached and a shorter prefix may be a violation too
     * @param wouldFit what the operation might have returned there instead
     * @param allThatFit false if more than these would have fit, or that was not found out
     * @param witness how everything else may have happened, the last call last; empty if that was not found out
     * @param counterexample the operations that alone show the violation
     */
    public record Violation(
            Value part,
            Operation operation,
            boolean exact,
            List<Outcome> wouldFit,
            boolean allThatFit,
            List<Step> witness,
            Counterexample counterexample) {}

    /**
     * A call that takes effect.
     *
     * @param operation the call
     * @param state the object's state afterwards, for people
     */
    public record Step(Operation operation, String state) {}

    /**
     * Operations that show a violation alone: no order explains them, even if every other operation of the prefix may have
     * taken effect at any time after its invocation, with any result, or never.
     *
     * @param operations the operations, by their invocation
     * @param minimal true if none of them can be left out
     * @param of operations of the violating prefix in this part
     */
    public record Counterexample(List<Operation> operations, boolean minimal, int of) {}
}
