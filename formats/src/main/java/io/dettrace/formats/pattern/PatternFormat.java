package io.dettrace.formats.pattern;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.EventFormat;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.ValueDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text logs read through a regular expression with named groups, the mapping's pattern; every group is a field.
 *
 * <p>The expression is matched again and again through the text as ShiViz does, with {@code ^} and {@code $} at line
 * ends; an event may take several lines, and every line end counts as {@code \n}. Syntax is that of Java; what Java
 * refuses but JavaScript takes, such as {@code {.*}} and free group names, is read as JavaScript does. The mapping's
 * delimiter parts several executions in one text.
 *
 * <p>Lines that no match touches are left out and counted as {@code unmatched_lines}. Bounded: an event or line takes at
 * most {@value EventScanner#MAX_EVENT_BYTES} bytes, an attempt to match {@value WindowMatcher#MAX_STEPS} steps.
 */
public final class PatternFormat implements EventFormat {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?+");

    private final int maxEventBytes;

    /** The format. */
    public PatternFormat() {
        this(EventScanner.MAX_EVENT_BYTES);
    }

    PatternFormat(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    @Override
    public String name() {
        return "pattern";
    }

    @Override
    public boolean isJson() {
        return false;
    }

    /**
     * The names of the executions in a file, in order: the delimiter's group {@code trace} where it has one, else
     * {@code execution 1} and so on.
     */
    public List<String> executions(InputFile file, Mapping mapping) throws IOException {
        return EventScanner.executions(file, file.open(), mapping);
    }

    @Override
    public FileReader open(
            InputFile file, int fileNumber, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException {
        return new Reader(scanner(file, mapping, context), file, fileNumber, mapping, assembler, context);
    }

    private EventScanner scanner(InputFile file, Mapping mapping, ReadContext context) throws IOException {
        EventScanner.pattern(mapping);
        return new EventScanner(file, file.open(), mapping, context, maxEventBytes);
    }

    @Override
    public List<List<Field>> sample(InputFile file, Mapping mapping, int limit, ReadContext context)
            throws IOException {
        List<List<Field>> records = new ArrayList<>();
        try (EventScanner scanner = scanner(file, mapping, context)) {
            List<GroupField> groups = GroupField.of(scanner.pattern(), mapping);
            while (records.size() < limit && scanner.next()) {
                records.add(fields(scanner, groups));
            }
        }
        return records;
    }

    /**
     * The fields of one event given its text. The pattern is matched against the text alone: one that looks at what
     * stands before or after an event may give other fields than in the file.
     */
    @Override
    public List<Field> fields(byte[] text, Mapping mapping) throws IOException {
        EventPattern pattern = EventScanner.pattern(mapping);
        List<GroupField> groups = GroupField.of(pattern, mapping);
        for (String lineEnds : List.of("\n", "", "\n\n")) {
            byte[] end = lineEnds.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = new byte[text.length + end.length];
            System.arraycopy(text, 0, bytes, 0, text.length);
            System.arraycopy(end, 0, bytes, text.length, end.length);
            Mapping alone = mapping.toBuilder().delimiter(null).build();
            InputFile none = new InputFile(Path.of(""), "the event's text");
            try (EventScanner scanner = new EventScanner(
                    none, new ByteArrayInputStream(bytes), alone, new ReadContext(true, -1), Integer.MAX_VALUE >> 1)) {
                if (scanner.next() && scanner.length() == text.length) {
                    return fields(scanner, groups);
                }
            } catch (InputException matchesNothing) {
                continue;
            }
        }
        return List.of(new Field("text", Field.Type.STRING, new String(text, StandardCharsets.UTF_8)));
    }

    private static List<Field> fields(EventScanner scanner, List<GroupField> groups) {
        List<Field> fields = new ArrayList<>(groups.size());
        for (GroupField g : groups) {
            String text = scanner.group(g.group());
            if (text != null) {
                fields.add(new Field(g.group().path(), g.type(text), text));
            }
        }
        return fields;
    }

    /** A group with what to do with it. */
    private record GroupField(EventPattern.Group group, FieldPlan plan, boolean whole, boolean time) {
        static List<GroupField> of(EventPattern pattern, Mapping mapping) {
            List<GroupField> fields = new ArrayList<>();
            for (EventPattern.Group group : pattern.groups()) {
                FieldPlan plan = mapping.plan(group.path());
                fields.add(
                        new GroupField(group, plan, plan.isWhole(), plan.roles().contains(Role.TIME)));
            }
            return fields;
        }

        /** Texts are strings; a clock is JSON, and a time that is all digits a number, as its unit counts. */
        Field.Type type(String text) {
            if (whole) {
                return Field.Type.COMPOSITE;
            }
            return time && NUMBER.matcher(text).matches() ? Field.Type.NUMBER : Field.Type.STRING;
        }
    }

    private static final class Reader implements FileReader {
        private final EventScanner scanner;
        private final InputFile file;
        private final int fileNumber;
        private final List<GroupField> groups;
        private final EventAssembler assembler;
        private final ReadContext context;

        Reader(
                EventScanner scanner,
                InputFile file,
                int fileNumber,
                Mapping mapping,
                EventAssembler assembler,
                ReadContext context) {
            this.scanner = scanner;
            this.file = file;
            this.fileNumber = fileNumber;
            this.groups = GroupField.of(scanner.pattern(), mapping);
            this.assembler = assembler;
            this.context = context;
        }

        @Override
        public boolean fill(EventBlock block) throws IOException {
            while (!block.isFull()) {
                if (!scanner.next()) {
                    return false;
                }
                assemble(block);
            }
            return true;
        }

        private void assemble(EventBlock block) throws InputException {
            assembler.begin();
            for (GroupField g : groups) {
                String text = g.plan().isIgnored() ? null : scanner.group(g.group());
                if (text != null) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    Field.Type type = g.type(text);
                    long digest = type == Field.Type.NUMBER
                            ? ValueDigest.ofNumber(bytes, 0, bytes.length)
                            : ValueDigest.of(bytes, 0, bytes.length);
                    assembler.field(g.plan(), type, digest, bytes, 0, bytes.length);
                }
            }
            try {
                assembler.end(block, fileNumber, scanner.line(), scanner.offset(), scanner.length());
            } catch (EventAssembler.ClockException e) {
                broken(e);
            }
        }

        private void broken(EventAssembler.ClockException e) throws InputException {
            if (!context.lenient()) {
                throw InputException.at(
                        file.name(),
                        scanner.line(),
                        0,
                        scanner.offset(),
                        e.getMessage() + "; --lenient leaves such events out and counts them");
            }
            context.note("broken_events", e.getMessage(), file.name() + ":" + scanner.line());
        }

        @Override
        public long bytesRead() {
            return scanner.bytesRead();
        }

        @Override
        public void close() throws IOException {
            scanner.close();
        }
    }
}
