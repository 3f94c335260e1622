package io.dettrace.oracle.history;

/**
 * The rule by which an object gives back the values that were put into it. Where it is known, a history in which no value is
 * put twice can be decided without a search.
 */
public enum Discipline {
    /** None that is known. */
    UNKNOWN,
    /** The value that was put last, as often as it is looked at: a register, whose state before the first call is a {@link Value}. */
    LATEST,
    /** The values in the order in which they were put, each once: a queue. */
    FIRST_IN_FIRST_OUT,
    /** The values in any order, each once: a bag. */
    ANY_ORDER
}
