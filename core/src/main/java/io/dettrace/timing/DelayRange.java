package io.dettrace.timing;

/**
 * The own delays that passing runs showed for events of one kind in lanes of one role.
 *
 * @param low least, in nanoseconds
 * @param high greatest
 * @param events delays seen
 * @param runs runs in which they were seen
 */
public record DelayRange(long low, long high, long events, int runs) {
    /** The range widened on either side by its own width, but not below nothing. */
    DelayRange widened() {
        long width = high - low;
        return new DelayRange(Math.min(low, Math.max(0, low - width)), high + width, events, runs);
    }

    /** Together with what another run showed. */
    DelayRange with(DelayRange other) {
        return new DelayRange(
                Math.min(low, other.low), Math.max(high, other.high), events + other.events, runs + other.runs);
    }

    /** Together with what the same run showed. */
    DelayRange withinRun(DelayRange other) {
        return new DelayRange(Math.min(low, other.low), Math.max(high, other.high), events + other.events, runs);
    }
}
