package io.dettrace.server.live;

import java.time.Duration;

/**
 * How live windows are kept and judged.
 *
 * @param window length of a window, in event time
 * @param hold a request is complete when nothing of it has come for so long
 * @param lateness a window is closed so long after its end, and what comes later is dropped
 * @param baselineWindows quiet windows that the baseline holds at most
 * @param learningWindows quiet windows that it needs before anything is reported
 * @param acceptAfter after so many departing windows in a row the last one becomes the new baseline
 * @param sample requests of an entry point that a window, and the whole baseline, hold at most
 * @param maxItems spans and log records held in memory at most, in open requests, windows and baseline together
 * @param level share of quiet windows in which something is reported at most
 * @param minScore what is reported has at least this score, 0 to 1
 */
public record LiveOptions(
        Duration window,
        Duration hold,
        Duration lateness,
        int baselineWindows,
        int learningWindows,
        int acceptAfter,
        int sample,
        long maxItems,
        double level,
        double minScore) {
    /** Windows of a minute, a baseline of half an hour, two million spans. */
    public static final LiveOptions DEFAULT = new LiveOptions(
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            30,
            3,
            30,
            1000,
            2_000_000,
            0.001,
            0.05);

    /** @throws IllegalArgumentException if something is out of its range; the message says what and why */
    public LiveOptions {
        check(!window.minusSeconds(1).isNegative(), "a window lasts a second or more");
        check(!hold.isNegative() && !lateness.minus(hold).isNegative(), "the lateness is at least the hold");
        check(baselineWindows >= 1, "the baseline holds one window or more");
        check(learningWindows >= 1 && learningWindows <= baselineWindows, "it learns from as many windows as it holds");
        check(acceptAfter >= 1, "a departure is accepted after one window or more");
        check(sample >= 1 && maxItems >= 1, "limits are 1 or more");
        check(level > 0 && level < 1 && minScore >= 0 && minScore <= 1, "levels and scores are between 0 and 1");
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException(what);
        }
    }
}
