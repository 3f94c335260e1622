package io.dettrace.replay.schedule;

/**
 * A switch of threads: when {@code thread} is about to do its event {@code n}, {@code to} runs instead of what the base
 * policy would choose.
 *
 * @param thread path of the thread that is about to do an event
 * @param n its own event number, from 0
 * @param rep which decision at that number, from 0: a thread that stands before one event can be asked more than once
 * @param to path of the thread that runs instead
 */
public record Preemption(String thread, long n, int rep, String to) implements Decision {
    /** The word that begins the line of a preemption. */
    public static final String WORD = "switch";

    /** Checks the ranges. */
    public Preemption {
        ThreadPaths.check(thread);
        ThreadPaths.check(to);
        if (n < 0 || rep < 0) {
            throw new IllegalArgumentException("event number and repetition begin at 0, not " + n + "." + rep);
        }
    }

    /** A preemption at the first decision before an event. */
    public Preemption(String thread, long n, String to) {
        this(thread, n, 0, to);
    }

    @Override
    public String line() {
        return WORD + " " + thread + " " + n + (rep == 0 ? "" : "." + rep) + " " + to;
    }
}
