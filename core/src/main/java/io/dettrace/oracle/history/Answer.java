package io.dettrace.oracle.history;

/**
 * What was recorded as the outcome of a call.
 *
 * @param failed true if the history says that the call failed and so had no effect
 * @param value what was returned, {@link Value#NIL} if nothing
 */
public record Answer(boolean failed, Value value) {}
