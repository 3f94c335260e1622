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
    /** Any delay. */
    static final DelayRange ANY = new DelayRange(0, Long.MAX_VALUE, 0, 0);

    /** The range widened on either side by its own width, but not below nothing. */
    DelayRange widened() {
        return widened(1);
    }

    /**
     * The same by several widths.
     *
     * @param times how many, 0 or more
     */
    public DelayRange widened(int times) {
        long room = times * (high - low);
        return new DelayRange(Math.min(low, Math.max(0, low - room)), high + room, events, runs);
    }

    /** True if a delay lies within. */
    public boolean holds(long delay) {
        return low <= delay && delay <= high;
    }

    /** True if all of another range lies within. */
    public boolean holds(DelayRange other) {
        return low <= other.low && other.high <= high;
    }

    /** Together with what another run showed. */
    public DelayRange with(DelayRange other) {
        return new DelayRange(
                Math.min(low, other.low), Math.max(high, other.high), events + other.events, runs + other.runs);
    }

    /** Together with what the same run showed. */
    DelayRange withinRun(DelayRange other) {
        return new DelayRange(Math.min(low, other.low), Math.max(high, other.high), events + other.events, runs);
    }
}
