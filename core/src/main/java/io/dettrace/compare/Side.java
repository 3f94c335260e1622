package io.dettrace.compare;

/** Which of the two runs. */
public enum Side {
    /** The run that is taken as right. */
    BASELINE,
    /** The run that is judged. */
    CANDIDATE;

    /** The other run. */
    public Side other() {
        return this == BASELINE ? CANDIDATE : BASELINE;
    }
}
