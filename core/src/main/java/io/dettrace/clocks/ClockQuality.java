package io.dettrace.clocks;

import java.util.Locale;

/** How well a clock is known against another; the best first. */
public enum ClockQuality {
    /** It is the clock that the others are measured against. */
    REFERENCE,
    /** Messages went both ways: offset and skew have an error. */
    ACCURATE,
    /** Messages went one way only: the offset is known from one side, its error is not known. */
    APPROXIMATE,
    /** No linear clock satisfies all messages: one of the clocks was set, or drifts more than a line can follow. */
    CONTRADICTORY,
    /** There are no messages. */
    ABSENT;

    /** The stable name in reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of two. */
    ClockQuality or(ClockQuality other) {
        return compareTo(other) < 0 ? other : this;
    }
}
