package io.dettrace.formats.oracle;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ReadProgress;
import io.dettrace.formats.merge.MergedRecords;
import io.dettrace.formats.merge.RunClocks;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import io.dettrace.oracle.history.Place;
import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of a run one after the other as rules see them: in the order in which they are recorded, those of several files
 * in the order of their corrected times and of causes.
 */
public final class ObservedRun implements Observation {
    /** How much the rates of two clocks may differ where files are merged, in parts per million. */
    private static final double MAX_SKEW_PPM = 1_000;

    private final OpenedRun run;
    private final List<String> files;
    private final List<String> kind;
    private final List<String> lane;
    private final List<String> times;
    private final TimeScale scale;
    private final boolean merged;
    private EventRecord record;

    /**
     * @param run the run
     * @param rules what says which fields are kind, lane and time, where it does; else the run's mapping
     */
    public ObservedRun(OpenedRun run, Optional<Rule.All> rules) {
        this.run = run;
        files = run.run().files();
        merged = files.size() > 1;
        kind = rules.map(Rule.All::kind)
                .filter(k -> !k.isEmpty())
                .orElse(run.mapping().fields(Role.KIND));
        List<String> said = rules.map(Rule.All::lane).orElse(List.of());
        lane = !said.isEmpty()
                ? said
                : merged ? List.of(MergedRecords.LANE) : run.mapping().fields(Role.LANE);
        Optional<String> time = rules.flatMap(Rule.All::time);
        times = time.isPresent()
                ? List.of(time.get())
                : merged ? List.of(MergedRecords.TIME) : run.mapping().fields(Role.TIME);
        scale = merged && time.isEmpty() ? TimeScale.NS : run.mapping().timeScale();
    }

    /** The fields that say what happened. */
    public List<String> kindFields() {
        return kind;
    }

    /** The fields that name the lane; empty if the whole run is one. */
    public List<String> laneFields() {
        return lane;
    }

    /** The fields that hold the time. */
    public List<String> timeFields() {
        return times;
    }

    /** True if events come in the order of times, and not in that of a file. */
    public boolean isMerged() {
        return merged;
    }

    /**
     * Goes through all events. The observation that {@code to} gets is this object.
     *
     * @return what was tolerated
     */
    public List<InputNote> read(Consumer<ObservedRun> to, ReadProgress progress) throws IOException {
        ReadContext context = run.context();
        long events = 0;
        try (RecordReader reader = open(context)) {
            while (reader.next()) {
                record = reader.record();
                to.accept(this);
                if ((++events & 0xFFF) == 0) {
                    progress.update(reader.bytesRead(), events);
                }
            }
        }
        return context.notes();
    }

    private RecordReader open(ReadContext context) throws IOException {
        if (!merged) {
            return run.records(context);
        }
        if (run.mapping().fields(Role.TIME).isEmpty()) {
            throw new InputException(run.run().name()
                    + ": several files are one run only by the times of their events, and no field is known to hold one;"
                    + " --time names it");
        }
        RunClocks clocks = RunClocks.read(run, Optional.empty(), MAX_SKEW_PPM, (bytes, events) -> {});
        return new MergedRecords(run, clocks, (bytes, events) -> {});
    }

    /** All fields of the event. */
    public List<Field> fields() {
        return record.fields();
    }

    @Override
    public String kind() {
        return joined(kind, " ");
    }

    @Override
    public String lane() {
        return joined(lane, "/");
    }

    private String joined(List<String> paths, String between) {
        if (paths.size() == 1) {
            String only = field(paths.get(0));
            return only == null ? "" : only;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            String value = field(paths.get(i));
            if (value != null) {
                out.append(out.isEmpty() ? "" : between).append(value);
            }
        }
        return out.toString();
    }

    @Override
    public String field(String path) {
        for (int i = 0; i < record.size(); i++) {
            if (record.pathOf(i).equals(path)) {
                return record.type(i) == Field.Type.NULL ? null : record.value(i);
            }
        }
        return path.equals(MappingInference.FILE) ? files.get(record.file()) : null;
    }

    @Override
    public long time() {
        for (String path : times) {
            for (int i = 0; i < record.size(); i++) {
                if (record.pathOf(i).equals(path) && record.type(i) != Field.Type.NULL) {
                    byte[] bytes = record.value(i).getBytes(StandardCharsets.UTF_8);
                    return scale.resolve(path).nanos(bytes, 0, bytes.length, record.type(i) == Field.Type.NUMBER);
                }
            }
        }
        return NO_TIME;
    }

    @Override
    public Place place() {
        return new Place(files.get(record.file()), record.line());
    }
}
