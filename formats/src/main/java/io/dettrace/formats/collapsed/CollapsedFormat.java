package io.dettrace.formats.collapsed;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.List;

/**
 * Collapsed stacks, {@code frame;frame;frame count}: what the scripts of FlameGraph, async-profiler and others write for a flame
 * graph. Such a file is a population and no sequence, so each stack is a lane of its own and the order of lines means nothing.
 */
public final class CollapsedFormat implements RecordFormat {
    private static final FormatOption COUNTS = new FormatOption(
            "counts",
            "ignore (default): how often a stack was seen is not compared, as a sampling profiler counts differently each time;"
                    + " compare: it is");

    private static final int LINES = 1_000;

    @Override
    public String name() {
        return "collapsed";
    }

    @Override
    public String title() {
        return "collapsed stacks (flame graphs)";
    }

    /** True if every line ends with a count, and at least half of them have several frames. */
    @Override
    public boolean claims(Head head) {
        return areStacks(head.lines()) || areStacks(head.finishedLines());
    }

    private static boolean areStacks(List<String> lines) {
        int stacks = 0;
        int deep = 0;
        for (String text : lines) {
            String line = text.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int count = CollapsedReader.countAt(line, line.length());
            char first = line.charAt(0);
            if (count < 0 || first == '{' || first == '[' && !line.startsWith("[u") && line.indexOf(';') < 0) {
                return false;
            }
            deep += isDeep(line.substring(0, count)) ? 1 : 0;
            if (++stacks == LINES) {
                break;
            }
        }
        return deep > 0 && 2 * deep >= stacks;
    }

    /** Frames have no blank behind their semicolon, which text with semicolons commonly has. */
    private static boolean isDeep(String stack) {
        int semicolon = stack.indexOf(';');
        return semicolon > 0 && semicolon + 1 < stack.length() && stack.charAt(semicolon + 1) != ' ';
    }

    @Override
    public List<FormatOption> options() {
        return List.of(COUNTS);
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        Mapping.Builder b = Mapping.builder()
                .field(Role.LANE, "stack", "each stack by itself: a profile has no order")
                .field(Role.COMPARE, "stack", "which stack it is")
                .field(Role.KIND, "root", "the outermost frame, which may be the thread");
        if (counts(input)) {
            b.field(Role.COMPARE, "count", "as asked for with --with counts=compare");
            b.field(Role.COMPARE, "count_before", "as asked for with --with counts=compare");
        } else {
            b.field(
                    Role.IGNORE,
                    "count",
                    "sampling counts differ from run to run; --with counts=compare compares them");
            b.field(Role.IGNORE, "count_before", "sampling counts differ from run to run");
        }
        return b.build();
    }

    private static boolean counts(RecordInput input) throws InputException {
        String value = input.option(COUNTS.name()).orElse("ignore");
        if (!value.equals("ignore") && !value.equals("compare")) {
            throw new InputException(
                    input.name() + ": the option counts is \"" + value + "\"; it can be ignore or compare");
        }
        return value.equals("compare");
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        return FileByFile.open(input, (file, number) -> new CollapsedReader(file, number, context));
    }
}
