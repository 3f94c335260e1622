package io.dettrace.formats;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A format of event logs: how the records of one file are found and what their fields are. Stateless. */
public interface EventFormat {
    /** Stable short name, such as {@code jsonl}. */
    String name();

    /** True if an event's text is JSON by itself. */
    boolean isJson();

    /**
     * Starts reading the events of one file.
     *
     * @param fileNumber the file's number in its run
     * @param assembler takes the fields of every event
     */
    FileReader open(InputFile file, int fileNumber, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException;

    /**
     * The fields of the first records of a file, for inference; reads at most {@code limit} records.
     *
     * @throws io.dettrace.event.InputException if the file is broken in that part
     */
    List<List<Field>> sample(InputFile file, Mapping mapping, int limit, ReadContext context) throws IOException;

    /**
     * The fields of one event given its text, in the order of the source. Every field's path is as the reader reports
     * it to the assembler; an object with the clock role stays whole.
     */
    List<Field> fields(byte[] text, Mapping mapping) throws IOException;

    /** The events of one file, in order. */
    interface FileReader extends Closeable {
        /**
         * Adds events to {@code block} until it is full or the file ends.
         *
         * @return false if the file has ended; the block may hold events all the same
         */
        boolean fill(EventBlock block) throws IOException;

        /** Decompressed bytes read so far. */
        long bytesRead();
    }
}
