package io.dettrace.replay.schedule;

/**
 * A choice of data made by the scheduler: which waiting thread is woken by the notification that is event {@code n} of
 * {@code thread}.
 *
 * @param thread path of the thread that notifies
 * @param n its own event number, from 0
 * @param to path of the thread that is woken
 */
public record Choice(String thread, long n, String to) implements Decision {
    /** The word that begins the line of a choice. */
    public static final String WORD = "choose";

    /** Checks the ranges. */
    public Choice {
        ThreadPaths.check(thread);
        ThreadPaths.check(to);
        if (n < 0) {
            throw new IllegalArgumentException("event numbers begin at 0, not " + n);
        }
    }

    @Override
    public String line() {
        return WORD + " " + thread + " " + n + " " + to;
    }
}
