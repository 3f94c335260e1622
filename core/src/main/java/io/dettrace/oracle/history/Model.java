package io.dettrace.oracle.history;

import java.util.List;
import java.util.Optional;

/**
 * A sequential specification: what an object does when it is called by one process at a time. Users write their own by
 * implementing this interface ({@code --model com.acme.MyModel --model-path my.jar}, with a public constructor without
 * parameters).
 *
 * <p>All methods must be pure functions. States are immutable and have {@code equals}, {@code hashCode} and {@code toString}
 * by content.
 */
public interface Model {
    /** Name for reports. */
    String name();

    /** The state before the first call. */
    Object initial();

    /** True if the object has this function (given in lower case). */
    boolean knows(String function);

    /**
     * Everything that the object may do in {@code state} when called; an empty list if it lets the caller wait, as a lock
     * does that is taken.
     */
    List<Outcome> apply(Object state, Call call);

    /** What the function can do to the state, at most. */
    default Effect effect(String function) {
        return Effect.CHANGES;
    }

    /**
     * True if a failure of this function says something about the state, as that of a compare-and-set does. Other calls that
     * failed are left out: they did not happen.
     */
    default boolean refuses(String function) {
        return false;
    }

    /** True if {@code outcome} is what the history has recorded. */
    default boolean accepts(Call call, Answer answer, Outcome outcome) {
        boolean no =
                answer.failed() || refuses(call.function()) && answer.value().equals(Value.FALSE);
        if (outcome.refused()) {
            return no || outcome.result() != null && outcome.result().equals(answer.value());
        }
        return !no && (outcome.result() == null || outcome.result().equals(answer.value()));
    }

    /**
     * Names the independent part of the object that the call is about, its key by default. Parts are checked apart, which
     * is sound as linearizability is local (Herlihy, Wing 1990). Empty if the call is about all parts of what its key names;
     * then the history is parted by key alone. A model of one object whatever the key returns {@link Value#NIL} for all calls.
     */
    default Optional<Value> part(Call call) {
        return Optional.of(call.key());
    }

    /**
     * The element that a call is about, if all calls about one element may be left out of every legal history without making
     * it illegal; used to find small counterexamples.
     */
    default Optional<Value> element(Call call, Answer answer) {
        return Optional.empty();
    }

    /**
     * The rule by which the object gives back values, if {@link #access} says of each call what it does with them. It must say
     * the same as {@link #apply} does for histories in which no value is put twice, nor one that is there from the beginning.
     */
    default Discipline discipline() {
        return Discipline.UNKNOWN;
    }

    /**
     * What a call did with the object's values; asked only where there is a {@link #discipline}.
     *
     * @param answer what was recorded, or null if that is not known
     * @return empty if it did anything else than an {@link Access} says
     */
    default Optional<Access> access(Call call, Answer answer) {
        return Optional.empty();
    }

    /** The state for people. */
    default String show(Object state) {
        return String.valueOf(state);
    }
}
