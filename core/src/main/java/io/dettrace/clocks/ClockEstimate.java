package io.dettrace.clocks;

/**
 * A clock against its reference: {@code clock = reference + offset}, the offset growing by the skew.
 *
 * @param domain the clock domain: lanes that share a clock
 * @param reference the domain it is measured against; itself if it is a reference or {@linkplain ClockQuality#ABSENT
 *     nothing is known}
 * @param quality how well it is known; that of the worst link on the way to the reference
 * @param at when the offset holds, in nanoseconds by this clock: the middle of its messages
 * @param offset how far this clock is ahead of the reference at that time, in nanoseconds
 * @param error the true offset lies at most this many nanoseconds away; {@link CorrectedTime#UNKNOWN} if not known
 * @param bound which side of the offset is known
 * @param skewPpm how much faster this clock runs than the reference, in parts per million
 * @param skewErrorPpm the true skew lies at most this far away; infinite if not known
 * @param sent messages sent to other domains
 * @param received messages received from other domains
 * @param hops links between this clock and the reference
 * @param resolution the clock's times are multiples of this many nanoseconds, a power of ten up to a second
 */
public record ClockEstimate(
        String domain,
        String reference,
        ClockQuality quality,
        long at,
        long offset,
        long error,
        ClockBound bound,
        double skewPpm,
        double skewErrorPpm,
        long sent,
        long received,
        int hops,
        long resolution) {}
