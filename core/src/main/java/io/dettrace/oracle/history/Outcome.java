package io.dettrace.oracle.history;

/**
 * One thing that a sequential object may do when it is called.
 *
 * @param state the object's state afterwards: immutable, with {@code equals} and {@code hashCode} by content
 * @param result what the call returns, or null if what it returns is not looked at
 * @param refused true if the object refuses the call, as a compare-and-set does that finds another value
 */
public record Outcome(Object state, Value result, boolean refused) {
    /** The call is done; what it returns is not looked at. */
    public static Outcome done(Object state) {
        return new Outcome(state, null, false);
    }

    /** The call is done and returns {@code result}. */
    public static Outcome returns(Object state, Value result) {
        return new Outcome(state, result, false);
    }

    /** The call is refused and changes nothing. */
    public static Outcome refused(Object state) {
        return new Outcome(state, null, true);
    }

    /** The call is refused and changes nothing, or returns {@code result} in place of failing. */
    public static Outcome refused(Object state, Value result) {
        return new Outcome(state, result, true);
    }
}
