package io.dettrace.formats.record;

import java.io.Closeable;
import java.io.IOException;

/** The events of an input, one after the other. Not thread-safe. */
public interface RecordReader extends Closeable {
    /** The event that {@link #next} filled; the same object as long as the reader reads the same file. */
    EventRecord record();

    /**
     * Goes to the next event.
     *
     * @return false if there is none; then and before the first call the record means nothing
     * @throws io.dettrace.event.InputException if the input is broken, naming the place
     */
    boolean next() throws IOException;

    /** Decompressed bytes read so far, for progress. */
    long bytesRead();
}
