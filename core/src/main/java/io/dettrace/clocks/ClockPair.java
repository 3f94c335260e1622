package io.dettrace.clocks;

import java.util.Optional;

/**
 * Two clocks between which there are messages.
 *
 * @param first the domain whose name comes first
 * @param second the other domain
 * @param quality what the messages between just these two tell
 * @param forward messages from first to second
 * @param backward messages from second to first
 * @param at the middle of the messages, in nanoseconds by the first clock
 * @param offset how far the second clock is ahead of the first at that time, in nanoseconds
 * @param error the true offset lies at most this many nanoseconds away; {@link CorrectedTime#UNKNOWN} if not known; for
 *     contradictory clocks by how much the best line misses messages
 * @param skewPpm how much faster the second clock runs than the first, in parts per million
 * @param skewErrorPpm the true skew lies at most this far away; infinite if not known
 * @param used true if the estimate of a domain rests on this pair
 * @param conflict why the clocks are contradictory
 */
public record ClockPair(
        String first,
        String second,
        ClockQuality quality,
        long forward,
        long backward,
        long at,
        long offset,
        long error,
        double skewPpm,
        double skewErrorPpm,
        boolean used,
        Optional<ClockConflict> conflict) {}
