package io.dettrace.oracle.history;

/**
 * How much a check may do before it says "undecided": the problem is NP-complete (Gibbons, Korach 1997). Counts and no times,
 * so that the answer is the same on every machine.
 *
 * @param states configurations held at a time
 * @param steps calls tried on a state, for each independent part; where a state holds many elements a call counts more
 */
public record Limits(int states, long steps) {
    /** Configurations held by default, about 150 MB. */
    public static final int STATES = 1_000_000;

    /** Steps for each held configuration by default. */
    public static final long STEPS_A_STATE = 100;

    /** What is used by default. */
    public static final Limits DEFAULT = new Limits(STATES, STATES * STEPS_A_STATE);

    /** The smaller of both, each. */
    Limits atMost(Limits other) {
        return new Limits(Math.min(states, other.states), Math.min(steps, other.steps));
    }
}
