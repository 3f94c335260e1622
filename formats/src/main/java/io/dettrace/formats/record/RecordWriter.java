package io.dettrace.formats.record;

import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.io.OutputStream;

/** A format that runs can be written in. Stateless. */
public interface RecordWriter {
    /** Stable short name; what {@code --to} takes, and the ending of its files. */
    String name();

    /** What people call it. */
    String title();

    /** True if runs of this family can be written without loss of what is compared. */
    boolean takes(String family);

    /**
     * Writes a run.
     *
     * @param mapping what the fields mean
     * @param out not closed
     * @throws io.dettrace.event.InputException if an event cannot be written in this format
     */
    void write(RecordReader events, Mapping mapping, OutputStream out) throws IOException;
}
