package io.dettrace.formats.log;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.pattern.LogLayouts;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Plain text logs: lines with a time or a level, the text of their message as the kind of event, its parameters as fields.
 *
 * <p>Asked last, as it takes any text that looks like a log. How messages are parted into text and parameters is told at
 * {@link Masker}; with {@code --with templates=drain} words in which the messages of a run vary are parameters too.
 */
public final class LogFormat implements RecordFormat {
    private static final String TEMPLATES = "templates";

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String title() {
        return "plain text log";
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public List<FormatOption> options() {
        return List.of(new FormatOption(
                TEMPLATES,
                "message (default): the kind of an event is its message without what looks like a parameter; drain: also"
                        + " without the words that vary in this run, which mines it first"));
    }

    @Override
    public boolean claims(Head head) throws IOException {
        String start = head.text().stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[{") || start.startsWith("[\"");
        if (json || LogStyle.of(head.lines()).isEmpty()) {
            return false;
        }
        try {
            return LogLayouts.detect(head.files().get(0)).isEmpty();
        } catch (InputException notText) {
            return false;
        }
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        isDrain(input);
        return Mapping.builder()
                .field(Role.TIME, "time_ns", "the time that the line begins with")
                .timeScale(TimeScale.NS)
                .field(Role.KIND, "event", "the message's text, parameters taken out")
                .field(
                        Role.ID,
                        "ids",
                        "made up to name something: UUIDs, pointers, long numbers, ports for one connection")
                .field(Role.ID, "pid", "numbers of processes, given out anew in every run")
                .field(Role.ID, "tid", "numbers of threads, given out anew in every run")
                .field(Role.IGNORE, "durations", "durations in messages; timing is not compared as a value")
                .field(Role.IGNORE, "times", "times in messages")
                .build();
    }

    private static boolean isDrain(RecordInput input) throws InputException {
        String said = input.option(TEMPLATES).orElse("message");
        if (!said.equals("message") && !said.equals("drain")) {
            throw new InputException(
                    input.file().name() + ": option " + TEMPLATES + " is message or drain, found \"" + said + "\"");
        }
        return said.equals("drain");
    }

    private static LogStyle style(InputFile file) throws IOException {
        Optional<LogStyle> style = LogStyle.of(Head.of(List.of(file)).lines());
        return style.orElse(LogStyle.LEVELS);
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        LogEvent.Templates templates = isDrain(input) ? mined(input) : null;
        if (input.files().size() == 1) {
            InputFile file = input.file();
            return new LogReader(file, 0, style(file), context, new EventRecord(), templates);
        }
        return MergedLogs.open(
                input,
                context,
                (file, number) -> new LogReader(file, number, style(file), context, new EventRecord(), templates));
    }

    /** Goes through all messages once; then every message has the template that it has at the end. */
    private static LogEvent.Templates mined(RecordInput input) throws IOException {
        Drain drain = new Drain();
        for (InputFile file : input.files()) {
            LogEvent.Templates learn = text -> {
                drain.add(text.split(" "));
                return text;
            };
            try (RecordReader all =
                    new LogReader(file, 0, style(file), new ReadContext(true, -1), new EventRecord(), learn)) {
                while (all.next()) {
                    // Reading is learning.
                }
            }
        }
        return text -> drain.of(text.split(" ")).template();
    }
}
