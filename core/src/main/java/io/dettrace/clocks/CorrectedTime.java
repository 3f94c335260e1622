package io.dettrace.clocks;

/**
 * A time of one clock as the reference clock would have shown it.
 *
 * @param time nanoseconds by the reference clock
 * @param error the true value lies at most this many nanoseconds away; {@link #UNKNOWN} if nothing is known
 */
public record CorrectedTime(long time, long error) {
    /** Error of a time of which only an estimate is known. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    /** True if the error has a bound. */
    public boolean isBounded() {
        return error != UNKNOWN;
    }
}
