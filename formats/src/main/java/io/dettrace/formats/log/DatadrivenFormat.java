package io.dettrace.formats.log;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;

/**
 * Scenario files of Go's datadriven tests (github.com/cockroachdb/datadriven): a command with its input, a line of four dashes,
 * the command's output up to an empty line; or between two pairs of dashes, if it holds empty lines. Comments begin with
 * {@code #}.
 *
 * <p>Events are the commands and every line of output, in the file's order, which is the order in which things happened.
 */
public final class DatadrivenFormat implements RecordFormat {
    static final String RULE = "----";

    private static final int MIN_PERCENT = 50;

    @Override
    public String name() {
        return "datadriven";
    }

    @Override
    public String title() {
        return "scenario of a datadriven test";
    }

    @Override
    public boolean isText() {
        return true;
    }

    /** A block is a command at the start of a paragraph with the rule below it; most paragraphs of the head are blocks. */
    @Override
    public boolean claims(Head head) {
        int blocks = 0;
        int paragraphs = 0;
        boolean inParagraph = false;
        boolean command = false;
        boolean ruled = false;
        for (String line : head.lines()) {
            if (line.isBlank()) {
                inParagraph = false;
            } else if (!line.startsWith("#")) {
                if (!inParagraph) {
                    inParagraph = true;
                    ruled = false;
                    command = isCommand(line);
                    paragraphs++;
                } else if (line.equals(RULE) && command && !ruled) {
                    ruled = true;
                    blocks++;
                }
            }
        }
        return blocks >= 2 && blocks * 100 >= paragraphs * MIN_PERCENT;
    }

    static boolean isCommand(String line) {
        int n = 0;
        while (n < line.length() && (Character.isLetterOrDigit(line.charAt(n)) || "-_.".indexOf(line.charAt(n)) >= 0)) {
            n++;
        }
        return n > 0 && (n == line.length() || line.charAt(n) == ' ') && !line.equals(RULE);
    }

    @Override
    public Mapping mapping(RecordInput input) {
        return Mapping.builder()
                .field(Role.KIND, "section", "a command, its input, or its output")
                .field(Role.KIND, "event", "the line's text, parameters taken out")
                .field(Role.TIME, "time_ns", "the time that the line begins with")
                .timeScale(TimeScale.NS)
                .field(
                        Role.ID,
                        "ids",
                        "made up to name something: UUIDs, pointers, long numbers, ports for one connection")
                .field(Role.IGNORE, "durations", "durations; timing is not compared as a value")
                .field(Role.IGNORE, "times", "times in messages")
                .build();
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        EventRecord record = new EventRecord();
        return FileByFile.open(input, (file, number) -> new DatadrivenReader(file, number, record));
    }
}
