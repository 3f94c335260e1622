package io.dettrace.oracle.history;

import java.util.Optional;

/**
 * A call of a history and how it ended.
 *
 * @param number number of the operation in the history, from 0, by its invocation
 * @param process who called
 * @param call what was called
 * @param ending how it ended
 * @param result what was returned, or what stands in its place if it failed; {@link Value#NIL} if nothing
 * @param error why it failed, as the history says it
 * @param invoked number of the event that invoked it, from 0
 * @param returned number of the event that ended it, or {@link #NEVER}
 * @param invokedAt where it was invoked
 * @param returnedAt where it ended, or empty
 */
public record Operation(
        int number,
        String process,
        Call call,
        Ending ending,
        Value result,
        Optional<String> error,
        int invoked,
        int returned,
        Place invokedAt,
        Optional<Place> returnedAt) {
    /** In place of an event that did not come: after all others. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** How a call ended. */
    public enum Ending {
        /** It returned. */
        OK,
        /** It had no effect. */
        FAIL,
        /** Nobody knows: it may have taken effect, may still, or never. */
        UNKNOWN
    }

    /**
     * True if the object itself may have refused the call: it failed, and the history gives no other reason than that, such
     * as a time-out.
     */
    public boolean mayBeRefused() {
        return ending == Ending.FAIL
                && error.isEmpty()
                && (result.equals(Value.NIL) || result.equals(Value.FALSE) || result.equals(call.argument()));
    }

    /** What was recorded. */
    public Answer answer() {
        return new Answer(ending == Ending.FAIL, result);
    }
}
