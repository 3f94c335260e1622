package io.dettrace.replay.runtime;

/**
 * The order in which threads come back from outside, and where virtual time moved on instead: what was asked for, and what
 * happened.
 *
 * <p>As text: paths of threads with spaces between, {@code ~N} for time that moved on N times while threads were outside.
 */
final class Admissions {
    /** Stands for time that moves on. */
    static final String TIME = "~";

    private final String[] wanted;
    private int next;

    // How often the time that is wanted next has moved on already.
    private long passed;

    private final StringBuilder made = new StringBuilder();
    private long passedNow;

    Admissions(String wanted) {
        this.wanted = wanted.isEmpty() ? new String[0] : wanted.split(" ");
    }

    /** The thread that must be let in next, or {@link #TIME}; null if nothing is asked for. */
    String next() {
        return next >= wanted.length ? null : wanted[next].startsWith(TIME) ? TIME : wanted[next];
    }

    /** A thread has been let in. */
    void admit(ControlledThread thread) {
        next++;
        writeTime();
        made.append(made.length() == 0 ? "" : " ").append(thread.path);
    }

    /** Time has moved on while threads were outside. */
    void passTime() {
        passedNow++;
        if (TIME.equals(next()) && ++passed >= Long.parseLong(wanted[next].substring(1))) {
            passed = 0;
            next++;
        }
    }

    private void writeTime() {
        if (passedNow > 0) {
            made.append(made.length() == 0 ? "" : " ").append(TIME).append(passedNow);
            passedNow = 0;
        }
    }

    /** What happened; empty if nothing did. */
    String text() {
        writeTime();
        return made.toString();
    }
}
