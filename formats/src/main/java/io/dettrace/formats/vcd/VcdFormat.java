package io.dettrace.formats.vcd;

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
import java.util.StringTokenizer;

/**
 * Value change dumps (IEEE 1364-2005, section 18), four-state and extended. An event is a change of a signal; a lane is a
 * signal. In a clocked design a change belongs to a clock cycle, which is compared, where its time is not.
 */
public final class VcdFormat implements RecordFormat {
    static final String SIGNAL = "signal";
    static final String TIME = "time_ns";
    static final String VALUE = "value";
    static final String TEXT = "text";
    static final String TRIGGER = "trigger";
    static final String PORT = "port";
    static final String CYCLE = "cycle";
    static final String ID = "id";
    static final String AFTER = "after";

    private static final Set<String> COMMANDS =
            Set.of("$date", "$version", "$comment", "$timescale", "$scope", "$var", "$attrbegin", "$timezero");

    @Override
    public String name() {
        return "vcd";
    }

    @Override
    public String title() {
        return "value change dump (IEEE 1364)";
    }

    @Override
    public boolean claims(Head head) {
        String text = head.text();
        int start = 0;
        while (start < text.length() && text.charAt(start) <= ' ') {
            start++;
        }
        if (start == text.length() || text.charAt(start) != '$') {
            return false;
        }
        StringTokenizer words = new StringTokenizer(text.substring(start));
        return COMMANDS.contains(words.nextToken())
                && (text.contains("$var ") || text.contains("$scope ") || text.contains("$enddefinitions"));
    }

    @Override
    public List<FormatOption> options() {
        return List.of(
                new FormatOption(
                        "clock",
                        "the signal whose rising edges part the run into cycles, or none; by default it is found by its"
                                + " name and its ticking"),
                new FormatOption(
                        "signals", "the signals to read, full names with * for any characters, parted by commas"));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        VcdOptions.of(input);
        Mapping.Builder b = Mapping.builder()
                .timeScale(TimeScale.NS)
                .field(Role.LANE, SIGNAL, "a signal's changes are in order; signals change side by side")
                .field(Role.KIND, SIGNAL, "two changes of a signal differ in value")
                .field(Role.TIME, TIME, "the simulation time, which is not compared as a value")
                .field(Role.EVENT, ID, "names the change")
                .field(Role.IGNORE, ID, "says nothing but what comes after it")
                .field(Role.IGNORE, AFTER, "says nothing but what comes before it")
                .field(Role.LINK, AFTER, "a change comes after its clock edge, an edge after the changes of its cycle");
        for (String compared : List.of(VALUE, TEXT, TRIGGER, PORT)) {
            b.field(Role.COMPARE, compared, "the new value");
        }
        return b.field(Role.COMPARE, CYCLE, "the clock cycle: being a cycle late is a fault of logic")
                .build();
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public boolean hasLines() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        VcdOptions options = VcdOptions.of(input);
        return FileByFile.open(input, (file, number) -> VcdReader.open(file, number, options, context));
    }
}
