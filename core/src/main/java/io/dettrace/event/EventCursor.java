package io.dettrace.event;

import java.io.Closeable;
import java.io.IOException;

/** A single pass over the events of a run in their recorded order, block by block. Not thread-safe. */
public interface EventCursor extends Closeable {
    /**
     * Fills {@code block} with the next events.
     *
     * @return false when the run has ended and the block is empty
     * @throws InputException if the source is broken, naming the place
     */
    boolean next(EventBlock block) throws IOException;
}
