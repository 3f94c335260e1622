package io.dettrace.learn;

import io.dettrace.compare.EventPoint;
import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All fields of a run's events in memory, in columns, so that the run can be gone through many times under different
 * mappings and with faults put in. Values that are equal are kept once.
 */
public final class RunTable {
    /** Events that are kept of a run; learning looks at no more. */
    public static final int MAX_EVENTS = 1_000_000;

    private final String name;
    private final List<String> paths = new ArrayList<>();
    private final Map<String, Integer> pathNumbers = new HashMap<>();
    private final Map<Value, Integer> valueNumbers = new HashMap<>();
    private final List<Value> values = new ArrayList<>();
    private int[] firstField = new int[1_025];
    private int[] path = new int[8_192];
    private int[] value = new int[8_192];
    private String[] files = new String[1_024];
    private long[] lines = new long[1_024];
    private int events;

    /** A value with its digest. */
    private record Value(Field.Type type, String text, byte[] bytes, long digest) {
        static Value of(Field.Type type, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            long digest = type == Field.Type.NUMBER
                    ? ValueDigest.ofNumber(bytes, 0, bytes.length)
                    : ValueDigest.of(bytes, 0, bytes.length);
            return new Value(type, text, bytes, digest);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Value v && type == v.type && text.equals(v.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode() * 31 + type.ordinal();
        }
    }

    /** An empty table for the run called {@code name}. */
    public RunTable(String name) {
        this.name = name;
    }

    /** What people call the run. */
    public String name() {
        return name;
    }

    /** Number of events. */
    public int size() {
        return events;
    }

    /** True if no further event is taken. */
    public boolean isFull() {
        return events == MAX_EVENTS;
    }

    /** Adds an event. */
    public void add(List<Field> fields, String file, long line) {
        int at = firstField[events];
        if (at + fields.size() > path.length) {
            int room = Math.max(at + fields.size(), path.length * 2);
            path = Arrays.copyOf(path, room);
            value = Arrays.copyOf(value, room);
        }
        for (Field f : fields) {
            path[at] = pathNumbers.computeIfAbsent(f.path(), p -> {
                paths.add(p);
                return paths.size() - 1;
            });
            value[at++] = number(Value.of(f.type(), f.text()));
        }
        if (events + 1 == firstField.length) {
            firstField = Arrays.copyOf(firstField, 2 * events + 2);
        }
        if (events == lines.length) {
            files = Arrays.copyOf(files, 2 * events);
            lines = Arrays.copyOf(lines, 2 * events);
        }
        files[events] = file;
        lines[events++] = line;
        firstField[events] = at;
    }

    private int number(Value v) {
        Integer known = valueNumbers.putIfAbsent(v, values.size());
        if (known != null) {
            return known;
        }
        values.add(v);
        return values.size() - 1;
    }

    /** The fields of event {@code number}, from 0. */
    public List<Field> fields(int number) {
        List<Field> fields = new ArrayList<>();
        for (int i = firstField[number]; i < firstField[number + 1]; i++) {
            Value v = values.get(value[i]);
            fields.add(new Field(paths.get(path[i]), v.type, v.text));
        }
        return fields;
    }

    /** The fields of the event at a point of {@link #run}. */
    List<Field> at(EventPoint point) {
        return fields((int) point.source().line() - 1);
    }

    /** The fields of the event that begins on a line of the run's first file. */
    public Optional<List<Field>> onLine(long line) {
        for (int i = 0; i < events; i++) {
            if (lines[i] == line && files[i].equals(files[0])) {
                return Optional.of(fields(i));
            }
        }
        return Optional.empty();
    }

    /** What the kind of an event is called, empty if events have none. */
    public static String kind(List<Field> event, List<String> kindPaths) {
        if (kindPaths.size() == 1) {
            for (Field f : event) {
                if (f.path().equals(kindPaths.get(0))) {
                    return f.text();
                }
            }
            return "";
        }
        List<Optional<String>> values = new ArrayList<>();
        for (String path : kindPaths) {
            values.add(event.stream()
                    .filter(f -> f.path().equals(path))
                    .map(Field::text)
                    .findFirst());
        }
        return NoiseRules.kindName(values);
    }

    /** The last value at a path in event {@code number}, null if it has none. */
    String text(int number, String at) {
        Integer wanted = pathNumbers.get(at);
        for (int i = firstField[number + 1] - 1; wanted != null && i >= firstField[number]; i--) {
            if (path[i] == wanted) {
                return values.get(value[i]).text;
            }
        }
        return null;
    }

    /** The fields of the first events. */
    public List<List<Field>> sample(int most) {
        List<List<Field>> sample = new ArrayList<>();
        for (int i = 0; i < Math.min(most, events); i++) {
            sample.add(fields(i));
        }
        return sample;
    }

    /** Where event {@code number} stands. */
    public String place(int number) {
        return files[number] + ":" + lines[number];
    }

    /** The run under a mapping. Lines are numbers of events in the table, from 1. */
    public Run run(Mapping mapping, Map<String, String> laneAliases) {
        return new TableRun(mapping, laneAliases, Edit.NONE);
    }

    /** The same with a change. */
    Run run(Mapping mapping, Map<String, String> laneAliases, Edit edit) {
        return new TableRun(mapping, laneAliases, edit);
    }

    /**
     * A change of one event on the way.
     *
     * @param kind what is done
     * @param event number of the event, from 0
     * @param other number of the event that it changes places with
     * @param path field that gets another value
     * @param text that value
     */
    record Edit(Kind kind, int event, int other, String path, String text) {
        static final Edit NONE = new Edit(Kind.NONE, -1, -1, "", "");

        enum Kind {
            NONE,
            DROP,
            DUPLICATE,
            SWAP,
            VALUE
        }
    }

    private final class TableRun implements Run {
        private final Mapping mapping;
        private final Map<String, String> laneAliases;
        private final Edit edit;
        private final FieldPlan[] plans;

        TableRun(Mapping mapping, Map<String, String> laneAliases, Edit edit) {
            this.mapping = mapping;
            this.laneAliases = laneAliases;
            this.edit = edit;
            plans = paths.stream().map(mapping::plan).toArray(FieldPlan[]::new);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public EventCursor events(LaneTable lanes) {
            EventAssembler assembler = new EventAssembler(mapping, lanes, laneAliases, Optional.empty());
            return new EventCursor() {
                private int at;
                private boolean again;

                @Override
                public boolean next(EventBlock block) throws IOException {
                    block.clear();
                    while (at < events && !block.isFull()) {
                        int event = at;
                        if (edit.kind == Edit.Kind.SWAP && at == edit.event) {
                            event = edit.other;
                        } else if (edit.kind == Edit.Kind.SWAP && at == edit.other) {
                            event = edit.event;
                        }
                        boolean edited = at == edit.event;
                        if (!edited || edit.kind != Edit.Kind.DROP) {
                            assemble(assembler, event, edited, block);
                        }
                        again = edited && edit.kind == Edit.Kind.DUPLICATE && !again;
                        at += again ? 0 : 1;
                    }
                    if (at == events && !block.isFull()) {
                        assembler.flush(block);
                    }
                    block.bytesRead = at;
                    return block.size > 0;
                }

                @Override
                public void close() {}
            };
        }

        private void assemble(EventAssembler assembler, int event, boolean edited, EventBlock block)
                throws InputException {
            assembler.begin();
            for (int i = firstField[event]; i < firstField[event + 1]; i++) {
                FieldPlan plan = plans[path[i]];
                boolean other =
                        edited && edit.kind == Edit.Kind.VALUE && plan.path().equals(edit.path);
                Value v = other ? Value.of(values.get(value[i]).type, edit.text) : values.get(value[i]);
                if (!plan.isIgnored()) {
                    assembler.field(plan, v.type, v.digest, v.bytes, 0, v.bytes.length);
                }
            }
            try {
                assembler.end(block, 0, event + 1L, event, 0);
            } catch (EventAssembler.ClockException broken) {
                throw new InputException(place(event) + ": " + broken.getMessage());
            }
        }

        @Override
        public List<Original> originals(List<SourceRef> refs) {
            List<Original> originals = new ArrayList<>();
            for (SourceRef ref : refs) {
                int event = (int) ref.line() - 1;
                originals.add(new Original(files[event], place(event), false, RunTable.this.fields(event)));
            }
            return originals;
        }

        @Override
        public List<InputNote> notes() {
            return List.of();
        }

        @Override
        public long sizeHint() {
            return events;
        }

        @Override
        public List<String> files() {
            return List.of(name);
        }

        @Override
        public String digest(int file) {
            throw new UnsupportedOperationException("a table has no file");
        }

        @Override
        public void close() {}
    }
}
