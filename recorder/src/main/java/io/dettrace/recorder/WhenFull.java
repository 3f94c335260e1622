package io.dettrace.recorder;

/** What happens to an event when the disk, or the share of it that a recording may use, is full. */
public enum WhenFull {
    /** The new event is dropped and counted: the recording keeps the beginning of the run. */
    DROP_NEWEST,
    /** The oldest segment is deleted and its events counted: the recording keeps the end of the run. */
    DROP_OLDEST,
    /**
     * The calling thread waits until another process has taken segment files away, or the disk has room again. An
     * interrupt ends the waiting: the event is dropped and counted, and the thread stays interrupted.
     */
    BLOCK
}
