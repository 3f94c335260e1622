package io.dettrace.oracle.history;

/** What a function can do to an object's state, at most; the check is faster the more it knows. */
public enum Effect {
    /** It never changes the state. */
    READS,
    /** The state afterwards and what it returns do not depend on the state before, as with a plain write. */
    OVERWRITES,
    /** Anything. */
    CHANGES
}
