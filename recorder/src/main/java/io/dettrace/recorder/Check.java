package io.dettrace.recorder;

import org.jspecify.annotations.Nullable;

/** What looks at the events of a live run: a guard, or the recorded order to be followed. Called from any thread. */
interface Check {
    /** A value's event: kind, and the names of its two fields. */
    String VALUE_KIND = "$value";

    String VALUE_NAME = "name";
    String VALUE = "value";

    /** Before {@code event} is written; may wait, and may throw a {@link DivergenceError}. */
    void before(RecordedEvent event);

    /** After the event for which {@link #before} returned was written. */
    void after(RecordedEvent event);

    /** The recorded event that gives the value {@code name} in {@code lane}, or null if the real value is to be taken. */
    @Nullable
    RecordedEvent value(String lane, String name);

    /** Waits until the next event is one of {@code lane}. */
    default void awaitTurn(String lane) {}

    /** The run is over: whatever is missing is missed now. */
    void finish();
}
