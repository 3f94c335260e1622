package io.dettrace.formats;

import io.dettrace.event.Field;
import io.dettrace.event.Original;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.input.FileLabels;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;

/** An input whose files and format are known, and how its events are read. */
sealed interface Source permits TextSource, RecordSource {
    /** What the user called it. */
    String name();

    /** Its files, at least one. */
    List<InputFile> files();

    /** Stable name of the format. */
    String formatName();

    /** What people call the format. */
    String title();

    /** How events are built; inputs of one family can be compared. */
    String family();

    /** What the format itself says about its fields. */
    Mapping ownMapping() throws IOException;

    /** How many readers follow one another: one a file, or one for all files. */
    int readers();

    /** True if the file's name is to be added to every event as a field. */
    boolean addsFileName();

    /** True if an event's line is a line of its file, false if it is the event's number. */
    boolean hasLines();

    /** What the files are called in the run, by number. */
    default List<String> labels() {
        return FileLabels.of(files());
    }

    /** Starts reader number {@code reader}. */
    EventFormat.FileReader open(int reader, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException;

    /** The fields of the first events of reader number {@code reader}, at most {@code limit}. */
    List<List<Field>> sample(int reader, Mapping mapping, int limit, ReadContext context) throws IOException;

    /** The events with all their fields, in the order of the files. */
    RecordReader records(Mapping mapping, ReadContext context) throws IOException;

    /** The names of the executions that the mapping's delimiter tells apart; empty if the format knows no such thing. */
    List<String> executions(Mapping mapping) throws IOException;

    /** The events at these places, in the order asked for, as they stood in the source. */
    List<Original> originals(List<SourceRef> refs, Mapping mapping) throws IOException;
}
