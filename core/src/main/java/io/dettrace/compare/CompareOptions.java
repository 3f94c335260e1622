package io.dettrace.compare;

import io.dettrace.event.EventBlock;

/**
 * Limits of a comparison. None changes a verdict, except that too small a {@code maxQueued} gives "undecided".
 *
 * @param window longest difference that a lane is re-synchronised behind, in events of each run, 8 to 65,536; up to 4,096
 *     are looked at where fewer leave open how it goes on
 * @param context agreeing events kept before, and differing ones shown after, a divergence, 0 to 1,000
 * @param maxQueued events held unmatched over all lanes and both runs, at least 16,384, four blocks
 * @param maxRoots roots told apart; differences beyond are counted as effects, 1 to 4,096
 * @param maxEffects effects stored with their paths; more are counted, 0 or more
 */
public record CompareOptions(int window, int context, long maxQueued, int maxRoots, int maxEffects) {
    /** The defaults. */
    public static final CompareOptions DEFAULT = new CompareOptions(256, 3, 8_000_000, 256, 1_000);

    /** Checks the ranges. */
    public CompareOptions {
        check("window", window, 8, 65_536);
        check("context", context, 0, 1_000);
        check("maxQueued", maxQueued, 4L * EventBlock.CAPACITY, Long.MAX_VALUE);
        check("maxRoots", maxRoots, 1, 4_096);
        check("maxEffects", maxEffects, 0, Integer.MAX_VALUE);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }

    /** The same with another window. */
    public CompareOptions withWindow(int events) {
        return new CompareOptions(events, context, maxQueued, maxRoots, maxEffects);
    }

    /** The same with another context. */
    public CompareOptions withContext(int events) {
        return new CompareOptions(window, events, maxQueued, maxRoots, maxEffects);
    }

    /** The same with another limit on unmatched events. */
    public CompareOptions withMaxQueued(long events) {
        return new CompareOptions(window, context, events, maxRoots, maxEffects);
    }
}
