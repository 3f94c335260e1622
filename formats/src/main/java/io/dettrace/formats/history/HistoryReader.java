package io.dettrace.formats.history;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ReadProgress;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Role;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.History;
import io.dettrace.oracle.history.Operation.Ending;
import io.dettrace.oracle.history.Place;
import io.dettrace.oracle.history.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a run as a history of operations. Events count in the order in which they are recorded; those of several files, and
 * events that are a whole call each, in the order of their times, where beginnings come before ends of the same time.
 */
public final class HistoryReader {
    /** Formats whose fields have types; in others numbers and lists are told from their text. */
    private static final Set<String> TYPED = Set.of("jepsen", "jsonl", "json");

    private final OpenedRun run;
    private final HistoryFields fields;
    private final boolean sorts;
    private final boolean typed;
    private final History.Builder history = new History.Builder();
    private final List<Event> later = new ArrayList<>();
    private final List<String> files;

    /** A history and the fields that it was read from. */
    public record Read(History history, HistoryFields fields, boolean sorted) {}

    /** An event that waits for its place in the order of times. */
    private record Event(
            BigDecimal time,
            Phase phase,
            String pairing,
            String process,
            Call call,
            Value value,
            Optional<String> error,
            Place at) {}

    private HistoryReader(OpenedRun run, HistoryFields fields) {
        this.run = run;
        this.fields = fields;
        files = run.run().files();
        sorts = fields.phase().isEmpty() || files.size() > 1;
        typed = TYPED.contains(run.format());
    }

    /** Reads a run; {@code said} names fields, all others are inferred. */
    public static Read read(OpenedRun run, HistoryFields said, ReadProgress progress) throws IOException {
        return new HistoryReader(run, said.complete(run)).read(progress);
    }

    private Read read(ReadProgress progress) throws IOException {
        ReadContext context = run.context();
        long events = 0;
        try (RecordReader reader = run.records(context)) {
            while (reader.next()) {
                EventRecord record = reader.record();
                event(record);
                if ((++events & 0xFFF) == 0) {
                    progress.update(reader.bytesRead(), events);
                }
                if (history.operations() > History.MAX_OPERATIONS || later.size() > 2 * History.MAX_OPERATIONS) {
                    throw InputException.at(
                            files.get(record.file()),
                            record.line(),
                            0,
                            record.offset(),
                            "a history may have " + History.MAX_OPERATIONS
                                    + " operations, as they are held in memory; check a part of it");
                }
            }
        }
        later.sort(Comparator.comparing(Event::time).thenComparing(Event::phase));
        later.forEach(this::take);
        History read = history.build();
        if (read.operations().isEmpty()) {
            throw new InputException(run.run().name() + ": holds no call; " + described());
        }
        List<InputNote> notes = new ArrayList<>(context.notes());
        notes.addAll(read.notes());
        return new Read(new History(read.operations(), read.events(), notes), fields, sorts);
    }

    private String described() {
        return fields.phase()
                .map(p -> "field " + p + " never says that one begins; --phase names another field")
                .orElse("--start and --end name the fields with its times");
    }

    // ---- one event -------------------------------------------------------------------------------------------------

    private void event(EventRecord record) throws InputException {
        Map<String, Field> by = new HashMap<>();
        for (int i = 0; i < record.size(); i++) {
            by.put(record.pathOf(i), new Field(record.pathOf(i), record.type(i), record.value(i)));
        }
        Place at = new Place(files.get(record.file()), record.line());
        if (fields.phase().isEmpty()) {
            wholeCall(by, record, at);
            return;
        }
        Field word = by.get(fields.phase().get());
        Phase phase = word == null ? null : Phase.of(word.text());
        if (phase == null) {
            history.note("other_events", "events that neither begin nor end a call", at);
            return;
        }
        String process = fields.process().stream().map(p -> text(by.get(p))).collect(Collectors.joining("/"));
        String id = fields.call().map(c -> text(by.get(c))).orElse("");
        Event event = new Event(
                sorts ? time(by, record) : BigDecimal.ZERO,
                phase,
                fields.call().isPresent() && !id.isEmpty() ? "#" + id : process,
                process.isEmpty() ? "-" : process,
                phase == Phase.BEGIN ? call(by, record) : null,
                phase == Phase.BEGIN ? null : result(by),
                fields.error()
                        .map(by::get)
                        .filter(e -> e.type() != Field.Type.NULL)
                        .map(Field::text),
                at);
        if (sorts) {
            later.add(event);
        } else {
            take(event);
        }
    }

    private void take(Event event) {
        if (event.phase == Phase.BEGIN) {
            history.invoke(event.pairing, event.process, event.call, event.at);
            return;
        }
        Ending ending = switch (event.phase) {
            case OK -> Ending.OK;
            case FAIL -> Ending.FAIL;
            default -> Ending.UNKNOWN;
        };
        if (!history.end(event.pairing, ending, event.value, event.error, event.at)) {
            boolean client = event.phase != Phase.UNKNOWN;
            history.note(
                    client ? "completion_without_invocation" : "other_events",
                    client
                            ? "ends of calls that have not begun, or have ended before"
                            : "events that neither begin nor end a call",
                    event.at);
        }
    }

    /** An event with two times; without the second the call never returned. */
    private void wholeCall(Map<String, Field> by, EventRecord record, Place at) throws InputException {
        Field end = by.get(fields.end().orElseThrow());
        String process = fields.process().stream().map(p -> text(by.get(p))).collect(Collectors.joining("/"));
        String own = "#" + later.size();
        BigDecimal began = time(by.get(fields.start().orElseThrow()), record);
        later.add(new Event(
                began,
                Phase.BEGIN,
                own,
                process.isEmpty() ? "-" : process,
                call(by, record),
                null,
                Optional.empty(),
                at));
        if (end != null && end.type() != Field.Type.NULL) {
            BigDecimal ended = time(end, record);
            if (ended.compareTo(began) < 0) {
                throw InputException.at(at.file(), at.line(), 0, record.offset(), "a call ends before it begins");
            }
            Optional<String> error = fields.error()
                    .map(by::get)
                    .filter(e -> e.type() != Field.Type.NULL && !e.text().isEmpty())
                    .map(Field::text);
            Phase how = Phase.OK;
            for (String name : List.of("status", "outcome", "type", "ok")) {
                Field status = by.get(name);
                Phase said =
                        status == null || fields.operation().orElse("").equals(name) ? null : Phase.of(status.text());
                how = said == Phase.FAIL || said == Phase.UNKNOWN ? said : how;
            }
            later.add(new Event(ended, how, own, process, null, result(by), error, at));
        }
    }

    private Call call(Map<String, Field> by, EventRecord record) throws InputException {
        Field function = by.get(fields.operation().orElseThrow());
        if (function == null) {
            throw InputException.at(
                    files.get(record.file()),
                    record.line(),
                    0,
                    record.offset(),
                    "a call has no field " + fields.operation().get() + ", which says what is called");
        }
        return new Call(
                function.text(), fields.object().map(by::get).map(this::value).orElse(Value.NIL), argument(by));
    }

    private Value argument(Map<String, Field> by) {
        List<Value> values = new ArrayList<>();
        for (String path : fields.argument()) {
            Field f = by.get(path);
            if (f != null && (fields.argument().size() == 1 || f.type() != Field.Type.NULL)) {
                values.add(value(f));
            }
        }
        if (values.isEmpty() || values.equals(List.of(Value.NIL))) {
            for (List<String> pair :
                    List.of(List.of("old", "new"), List.of("from", "to"), List.of("expected", "new"))) {
                if (by.keySet().containsAll(pair)) {
                    return Value.of(List.of(value(by.get(pair.get(0))), value(by.get(pair.get(1)))));
                }
            }
        }
        return values.isEmpty() ? Value.NIL : values.size() == 1 ? values.get(0) : Value.of(values);
    }

    private Value result(Map<String, Field> by) {
        return fields.result().map(by::get).map(this::value).orElse(Value.NIL);
    }

    private Value value(Field field) {
        String text = field.text();
        if (typed || field.type() != Field.Type.STRING) {
            return Value.of(field);
        }
        if (text.isEmpty() || text.equals("nil") || text.equals("null") || text.equals("-")) {
            return Value.NIL;
        }
        char first = text.charAt(0);
        boolean json = first == '[' || first == '{' || first == '"' || first == '-' || Character.isDigit(first);
        return json || text.equals("true") || text.equals("false") ? Value.parse(text) : Value.of(text);
    }

    private static String text(Field field) {
        return field == null || field.type() == Field.Type.NULL ? "" : field.text();
    }

    // ---- times -----------------------------------------------------------------------------------------------------

    private BigDecimal time(Map<String, Field> by, EventRecord record) throws InputException {
        List<String> paths = run.mapping().fields(Role.TIME);
        Field found = null;
        for (String path : paths) {
            found = found == null ? by.get(path) : found;
        }
        if (found == null) {
            throw InputException.at(
                    files.get(record.file()),
                    record.line(),
                    0,
                    record.offset(),
                    "several files make one history only by the times of their events, and this one has none; --time names"
                            + " the field");
        }
        return time(found, record);
    }

    /** Something that times are ordered by: numbers are of one unit, whichever that is. */
    private BigDecimal time(Field field, EventRecord record) throws InputException {
        String text = field.text();
        try {
            if (field.type() == Field.Type.NUMBER) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException e) {
            // below
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long nanos = run.mapping().timeScale().resolve(field.path()).nanos(bytes, 0, bytes.length, false);
        if (nanos == EventBlock.NO_TIME) {
            throw InputException.at(
                    files.get(record.file()),
                    record.line(),
                    0,
                    record.offset(),
                    "field " + field.path() + " holds no time: " + text);
        }
        return BigDecimal.valueOf(nanos);
    }

    /** The fields that were used, as {@code name=path}, for the report. */
    public static Set<String> used(HistoryFields fields) {
        Set<String> used = new LinkedHashSet<>();
        fields.process().forEach(p -> used.add("process=" + p));
        fields.phase().ifPresent(p -> used.add("phase=" + p));
        fields.operation().ifPresent(p -> used.add("op=" + p));
        fields.object().ifPresent(p -> used.add("object=" + p));
        fields.argument().forEach(p -> used.add("argument=" + p));
        fields.result().ifPresent(p -> used.add("result=" + p));
        fields.error().ifPresent(p -> used.add("error=" + p));
        fields.call().ifPresent(p -> used.add("call=" + p));
        fields.start().ifPresent(p -> used.add("start=" + p));
        fields.end().ifPresent(p -> used.add("end=" + p));
        return used;
    }
}
