package io.dettrace.replay.schedule;

/**
 * A decision of a schedule that differs from what the base policy decides there. Its place is counted in the thread's own
 * events, so that it stays where it is when other threads do more or less.
 */
public sealed interface Decision permits Preemption, Choice {
    /** Path of the thread at whose event the decision is made, such as {@code 0.1}. */
    String thread();

    /** The thread's own event number, from 0. */
    long n();

    /** Path of the thread that is chosen. */
    String to();

    /** The decision as its line in a schedule file, without a line end. */
    String line();
}
