package io.dettrace.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One execution's event log. A run can be read any number of times, and every event can be shown back exactly as it
 * stood in its source.
 */
public interface Run extends Closeable {
    /** What people call this run: its file, or its name inside a file of several executions. */
    String name();

    /**
     * Starts a pass over the events. Lanes are numbered in {@code lanes}, which belongs to this pass.
     *
     * @throws InputException if the source is broken
     */
    EventCursor events(LaneTable lanes) throws IOException;

    /** The event's text exactly as in the source, its file name and its fields. */
    default Original original(SourceRef ref) throws IOException {
        return originals(List.of(ref)).get(0);
    }

    /** The same for many events in the order asked for; one pass over a source that cannot be read at random. */
    List<Original> originals(List<SourceRef> refs) throws IOException;

    /** What the last complete pass met that the user should know: tolerated faults and ignored parts, in fixed order. */
    List<InputNote> notes();

    /** Total size of the source in bytes if it is known beforehand, else -1. For progress only. */
    long sizeHint();

    /** True if an event's {@linkplain SourceRef#line line} is one of its file; false if it is the event's number, from 1. */
    default boolean hasLines() {
        return true;
    }

    /** Names of the source files in the order of their numbers, as the user wrote them. */
    List<String> files();

    /** SHA-256 of source file number {@code file} as it is stored, in lower-case hexadecimal. */
    String digest(int file) throws IOException;
}
