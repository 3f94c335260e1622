package io.dettrace.formats.chrome;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Trace-event JSON ("Trace Event Format", Google, 2016), as Chrome writes it and Perfetto shows it, and as compilers, build
 * tools and profilers write it for them.
 */
public final class ChromeFormat implements RecordFormat {
    private static final FormatOption UNIT = new FormatOption(
            "ts-unit",
            "what ts and dur count: us (microseconds, the default and what the format says) or ns (nanoseconds); the file's"
                    + " displayTimeUnit is only how a viewer shows times");

    private static final String RENAMED = "an identifier that is another one in every run";

    @Override
    public String name() {
        return "chrome";
    }

    @Override
    public String title() {
        return "trace-event JSON (Chrome, Perfetto)";
    }

    @Override
    public boolean claims(Head head) {
        Set<String> paths = head.jsonPaths();
        if (paths.contains("[].ph")) {
            return paths.contains("[].ts") || paths.contains("[].pid");
        }
        if (paths.contains("traceEvents")) {
            boolean events = paths.stream().anyMatch(p -> p.startsWith("traceEvents[]."));
            return paths.contains("traceEvents[].ph")
                    || !events && !paths.stream().anyMatch(p -> p.startsWith("traceEvents."));
        }
        boolean told =
                paths.contains("displayTimeUnit") || paths.contains("stackFrames") || paths.contains("otherData");
        return told && !head.isWhole();
    }

    @Override
    public List<FormatOption> options() {
        return List.of(UNIT);
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        unit(input);
        return Mapping.builder()
                .field(Role.LANE, "process", "the process by its name")
                .field(Role.LANE, "thread", "the thread by its name, a counter, or an asynchronous operation")
                .field(Role.KIND, "ph", "the phase: begin, end, instant, ...")
                .field(Role.KIND, "name", "the event's name")
                .field(Role.TIME, "ts_ns", "the event's time")
                .timeScale(TimeScale.NS)
                .field(Role.EVENT, "event", "a step of a flow")
                .field(Role.LINK, "links", "the step of the flow before it")
                .field(Role.ID, "id", RENAMED)
                .field(Role.ID, "addr", "addresses are others in every run")
                .field(Role.ID, "args.correlation", RENAMED)
                .field(Role.ID, "args.External id", RENAMED)
                .field(Role.IGNORE, "args.avg ms", "an average of durations (Clang's totals)")
                .field(Role.IGNORE, "pid", "numbers of processes are others in every run")
                .field(Role.IGNORE, "tid", "numbers of threads are others in every run")
                .build();
    }

    private static long unit(RecordInput input) throws InputException {
        String unit = input.option(UNIT.name()).orElse("us");
        if (!unit.equals("us") && !unit.equals("ns")) {
            throw new InputException(input.name() + ": the option ts-unit is \"" + unit + "\"; it can be us or ns");
        }
        return unit.equals("us") ? 1_000L : 1L;
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        return open(input, context, Long.MAX_VALUE);
    }

    @Override
    public RecordReader openSample(RecordInput input, ReadContext context, int limit) throws IOException {
        return open(input, context, limit);
    }

    private static RecordReader open(RecordInput input, ReadContext context, long most) throws IOException {
        long unit = unit(input);
        return FileByFile.open(input, (file, number) -> new ChromeReader(file, number, context, unit, most));
    }
}
