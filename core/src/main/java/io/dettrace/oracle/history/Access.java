package io.dettrace.oracle.history;

/**
 * What a call did with the values of an object that has a {@link Discipline}.
 *
 * @param kind what it did
 * @param value with which value; null if that is not known, or there was none
 */
public record Access(Kind kind, Value value) {
    /** What a call may do with a value. */
    public enum Kind {
        /** It put the value into the object; where the object holds one value only, in place of that. */
        PUT,
        /** It took the value out. */
        TAKE,
        /** It looked at the value, which stayed. */
        SEE,
        /** It found the object empty. */
        FIND_NONE
    }
}
