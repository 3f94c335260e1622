package io.dettrace.normalize;

import java.util.Locale;

/** What a field means for the comparison. The lower-case names are the keys of mapping files. */
public enum Role {
    /** Part of the name of the sequential entity that produced the event. */
    LANE,
    /** What happened; two events of one kind can differ in value only. */
    KIND,
    /** When it happened; never compared as a value. */
    TIME,
    /** An identifier whose values change from run to run; compared up to a one-to-one renaming in each lane. */
    ID,
    /** Names this event, so that {@link #LINK} fields of others can refer to it. */
    EVENT,
    /** Names an event that must have come before (a parent, a cause). */
    LINK,
    /** Names a message: its first event sends it, later ones receive it. */
    MESSAGE,
    /** A vector clock: an object of lane names to counts. */
    CLOCK,
    /** A shared resource, such as a lock or a queue, whose events are ordered across lanes. */
    RESOURCE,
    /** Compared as a value, which is the default. */
    COMPARE,
    /** Left out of the comparison. */
    IGNORE;

    /** The key in mapping files and reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
