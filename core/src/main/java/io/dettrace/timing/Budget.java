package io.dettrace.timing;

/** A hard limit on the candidate's times, as a file states it. */
public sealed interface Budget {
    /** Line of the file, from 1. */
    int line();

    /** The limit as it is written there. */
    String text();

    /**
     * Which events a limit is about.
     *
     * @param kind kind of the event, or {@code *}
     * @param lane name of the lane, with {@code *} for any characters
     */
    record Events(String kind, String lane) {}

    /**
     * A longest own delay: the time since the event that enabled it.
     *
     * @param atMost nanoseconds
     */
    record OwnDelay(int line, String text, Events events, long atMost) implements Budget {}

    /**
     * A longest time from each event to the next of another kind.
     *
     * @param sameLane true if the second is looked for in the lane of the first
     * @param atMost nanoseconds
     */
    record Response(int line, String text, Events from, Events to, boolean sameLane, long atMost) implements Budget {}

    /**
     * A period that each event keeps to the one before it in its lane.
     *
     * @param period nanoseconds
     * @param within how far from it, in nanoseconds
     */
    record Period(int line, String text, Events events, long period, long within) implements Budget {}
}
