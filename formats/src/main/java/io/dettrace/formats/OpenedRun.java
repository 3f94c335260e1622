package io.dettrace.formats;

import io.dettrace.event.EventCursor;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One input that is ready to be read, as a run or event by event. */
public final class OpenedRun {
    final Source source;
    final FileRun.Part part;
    private final Mapping own;
    private final Mapping mapping;
    private final FileRun run;
    private final ReadContext like;
    private final List<List<Field>> sample;

    OpenedRun(
            Source source,
            FileRun.Part part,
            Mapping own,
            Mapping mapping,
            FileRun run,
            ReadContext like,
            List<List<Field>> sample) {
        this.source = source;
        this.part = part;
        this.own = own;
        this.mapping = mapping;
        this.run = run;
        this.like = like;
        this.sample = sample;
    }

    /** The run. */
    public Run run() {
        return run;
    }

    /**
     * The events of {@link #run}. Names of their kinds go to {@code names} where that spares a further pass; they are there when
     * the last event is.
     */
    public EventCursor events(LaneTable lanes, KindNames names) throws IOException {
        return run.events(lanes, names);
    }

    /** The fields of the first events, at most {@value Runs#SAMPLE}, by which the mapping was inferred. */
    public List<List<Field>> sample() {
        return List.copyOf(sample);
    }

    /** What its files are called in it, by number. */
    public List<String> labels() {
        return source.labels();
    }

    /** Where its files are. */
    public List<Path> paths() {
        return source.files().stream().map(InputFile::path).toList();
    }

    /** How its fields are understood, with what was inferred and why. */
    public Mapping mapping() {
        return mapping;
    }

    /** What the format and the user say of the fields, before anything is inferred. */
    public Mapping declared() {
        return own;
    }

    /** Stable name of the format. */
    public String format() {
        return source.formatName();
    }

    /** What people call the format. */
    public String title() {
        return source.title();
    }

    /** Name of the way in which events are built; runs of one family can be compared. */
    public String family() {
        return source.family();
    }

    /** The events with all their fields; irregularities are counted in {@code context}. */
    public RecordReader records(ReadContext context) throws IOException {
        return source.records(mapping, context);
    }

    /** A new context for {@link #records}. */
    public ReadContext context() {
        return new ReadContext(like.lenient(), like.execution());
    }
}
