package io.dettrace.oracle.rules;

import io.dettrace.oracle.history.Place;

/** One event as rules see it. It is read at once and may be another event after that. */
public interface Observation {
    /** Time of an event that has none. */
    long NO_TIME = Long.MIN_VALUE;

    /** What happened. */
    String kind();

    /** Name of the lane, the sequential entity that the event belongs to; empty where the whole run is one. */
    String lane();

    /** The value of the field with this path as text, or null if it is absent or null. */
    String field(String path);

    /** When it happened in nanoseconds, or {@link #NO_TIME}. */
    long time();

    /** Where it stands. */
    Place place();
}
