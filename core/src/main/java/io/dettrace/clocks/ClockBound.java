package io.dettrace.clocks;

import java.util.Locale;

/** Which side of an offset is known. */
public enum ClockBound {
    /** The true offset lies within the error. */
    BOTH,
    /** The true offset is this or more. */
    AT_LEAST,
    /** The true offset is this or less. */
    AT_MOST,
    /** An estimate only. */
    NONE;

    /** The stable name in reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
