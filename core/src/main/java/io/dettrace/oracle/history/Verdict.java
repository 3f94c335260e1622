package io.dettrace.oracle.history;

/** What a check says of a history; the names are those of the artifact. */
public enum Verdict {
    /** There is an order in which all calls may have taken effect. */
    LINEARIZABLE,
    /** There is none. */
    NOT_LINEARIZABLE,
    /** A limit was reached before either was shown. */
    UNDECIDED
}
