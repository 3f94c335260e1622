package io.dettrace.formats.jfr;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.util.List;

/**
 * Recordings of the JDK Flight Recorder ({@code .jfr}), of every JDK from 11 on, of JDK Mission Control and of
 * async-profiler, read with the JDK's own parser ({@code jdk.jfr.consumer}).
 *
 * <p>Events stand in a recording in the order in which threads handed their buffers over; they are sorted by the time at
 * which they begin. Fields of the program's own events have the meaning that inference gives them.
 */
public final class JfrFormat implements RecordFormat {
    @Override
    public String name() {
        return "jfr";
    }

    @Override
    public String title() {
        return "JDK Flight Recorder recording";
    }

    @Override
    public boolean claims(Head head) {
        byte[] b = head.bytes();
        return b.length >= 6 && b[0] == 'F' && b[1] == 'L' && b[2] == 'R' && b[3] == 0 && b[4] == 0 && b[5] < 16;
    }

    @Override
    public List<FormatOption> options() {
        return List.of(new FormatOption(
                Selection.OPTION,
                "which events are read: 'app' (default) what the program does in order, 'all', or names of events (* for"
                        + " any characters), with commas between them"));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        Selection.of(input);
        Mapping.Builder mapping = Mapping.builder();
        if (input.files().size() > 1) {
            mapping.field(Role.LANE, MappingInference.FILE, "each file is a JVM");
        }
        return mapping.field(Role.LANE, ThreadLanes.THREAD, "the thread")
                .field(Role.KIND, "eventType", "the type of the event")
                .field(Role.TIME, "startTime_ns", "when the event began")
                .timeScale(TimeScale.NS)
                .field(Role.EVENT, ThreadLanes.EVENT, "the number of the event")
                .field(Role.LINK, ThreadLanes.AFTER, "the last event of the thread that held the monitor")
                .field(Role.IGNORE, TypePlan.OTHER, "times, amounts, addresses and what the JVM chose")
                .build();
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        Selection selection = Selection.of(input);
        return FileByFile.open(input, (file, number) -> open(file, number, context, selection));
    }

    private static RecordReader open(InputFile file, int number, ReadContext context, Selection selection)
            throws IOException {
        Recording recording = Recording.of(file, context);
        try {
            RecordSort sort = new RecordSort();
            try {
                read(file, number, recording, context, selection, sort);
                return new ThreadLanes(sort, recording);
            } catch (IOException | RuntimeException e) {
                sort.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            recording.close();
            throw e;
        }
    }

    /** Reads what is selected; where nothing is said and there is no step of the program, everything. */
    private static void read(
            InputFile file, int number, Recording recording, ReadContext context, Selection selection, RecordSort sort)
            throws IOException {
        RecordingReader reader = new RecordingReader(file, number, recording, context, selection);
        if (reader.into(sort) > 0) {
            reader.notes();
            return;
        }
        if (selection.isGiven()) {
            throw new InputException(file.name() + ": none of its events is selected, there are " + reader.leftOut()
                    + "; --with events=all reads everything");
        }
        RecordingReader everything = new RecordingReader(file, number, recording, context, Selection.EVERYTHING);
        if (everything.into(sort) == 0) {
            throw new InputException(file.name() + ": holds no events, only settings and metadata");
        }
        context.note(
                "all_events",
                "there is no step of a program in it (threads that start, monitors, events of its own), so all events were"
                        + " read",
                file.name() + ":1");
    }
}
