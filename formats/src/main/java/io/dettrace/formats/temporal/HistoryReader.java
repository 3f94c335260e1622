package io.dettrace.formats.temporal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.formats.json.Utf8Stream;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/**
 * Finds the events of histories in JSON of any shape: a document with an array {@code events}, that array alone, pages or
 * wrappers of one or several workflows around it, or an event a line. Holds one event in memory.
 */
final class HistoryReader implements RecordReader {
    /** Objects and arrays around the events. */
    static final int MAX_AROUND = 64;

    /** Names of which one begins an event that stands in no array called {@code events}. */
    private static final Set<String> FIRST = Set.of(
            "eventId",
            "event_id",
            "eventTime",
            "event_time",
            "eventType",
            "event_type",
            "taskId",
            "task_id",
            "workerMayIgnore",
            "worker_may_ignore");

    private static final String EVENTS = "events";

    private final InputFile file;
    private final int number;
    private final ReadContext context;
    private final int bom;
    private final JsonParser parser;
    private final JsonTree tree = new JsonTree();
    private final EventRecord record = new EventRecord();
    private final HistoryEvents events;
    private final Deque<String> around = new ArrayDeque<>();
    private boolean first = true;
    private long found;
    private boolean ended;

    private long line;
    private long offset;

    HistoryReader(InputFile file, int number, ReadContext context, boolean exact) throws IOException {
        this.file = file;
        this.number = number;
        this.context = context;
        events = new HistoryEvents(record, exact);
        InputStream in = file.open();
        byte[] head = in.readNBytes(InputFile.UTF8_BOM_LENGTH);
        bom = InputFile.bomLength(head, head.length);
        in.close();
        InputStream body = file.open();
        body.skipNBytes(bom);
        parser = JsonTree.parser(new Utf8Stream(file.name(), body, bom));
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        try {
            while (!ended) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    end();
                } else if (step(token)) {
                    found++;
                    return true;
                }
            }
        } catch (JsonProcessingException e) {
            broken(e);
        } catch (JsonTree.BeyondLimit e) {
            throw InputException.at(file.name(), line, 0, offset, e.getMessage());
        } catch (EventRecord.TooLarge e) {
            throw InputException.at(file.name(), line, 0, offset, e.getMessage());
        }
        return false;
    }

    private void end() throws InputException {
        ended = true;
        if (found == 0) {
            throw InputException.at(
                    file.name(),
                    1,
                    0,
                    0,
                    "expected the events of a workflow history, as in {\"events\":[{\"eventId\":\"1\",...}]}, found none");
        }
    }

    /** What is behind a place where the JSON breaks cannot be read. */
    private void broken(JsonProcessingException e) throws InputException {
        JsonRecord.Malformed m = JsonRecord.malformed(e);
        String message = m.isCut() ? "the document is cut off: " + m.getMessage() : m.getMessage();
        if (!context.lenient() || found == 0) {
            throw InputException.at(file.name(), m.line(), m.column(), bom + m.offset(), message);
        }
        ended = true;
        context.note("broken_json", message + "; what stands behind it was left out", file.name() + ":" + m.line());
    }

    /** Takes one token of what is around the events; true if an event was read. */
    private boolean step(JsonToken token) throws IOException {
        switch (token) {
            case START_ARRAY -> {
                push("[" + (parser.currentName() == null ? "" : parser.currentName()));
                first = true;
            }
            case START_OBJECT -> {
                return object();
            }
            case END_ARRAY, END_OBJECT -> around.pop();
            case FIELD_NAME -> {}
            default -> foreign();
        }
        return false;
    }

    private boolean object() throws IOException {
        boolean inEvents = inEvents();
        line = parser.currentTokenLocation().getLineNr();
        long start = parser.currentTokenLocation().getByteOffset();
        offset = bom + start;
        boolean element = around.isEmpty() || around.peek().startsWith("[");
        JsonToken next = parser.nextToken();
        boolean event = inEvents || element && next == JsonToken.FIELD_NAME && FIRST.contains(parser.currentName());
        if (event) {
            tree.clear();
            Map<String, Object> members = tree.members(parser, 1);
            long length = parser.currentLocation().getByteOffset() - start;
            return event(members, (int) Math.min(length, Integer.MAX_VALUE));
        }
        push("{");
        if (next == JsonToken.END_OBJECT) {
            around.pop();
        }
        return false;
    }

    private boolean inEvents() {
        return !around.isEmpty() && around.peek().equals("[" + EVENTS);
    }

    private boolean event(Map<String, Object> members, int length) throws InputException {
        String place = file.name() + ":" + line;
        if (tree.duplicates() > 0) {
            if (!context.lenient()) {
                throw InputException.at(
                        file.name(),
                        line,
                        0,
                        offset,
                        "a key stands twice in one object of the event, expected it once");
            }
            context.note("duplicate_keys", "of keys that stand twice in one object the last value counts", place);
        }
        try {
            int encrypted = events.fill(members, first);
            first = false;
            if (encrypted > 0) {
                context.note(
                        "encrypted_payloads",
                        "events with encrypted payloads, which differ from run to run and are not compared",
                        place);
            }
        } catch (HistoryEvents.BadEvent e) {
            if (!context.lenient()) {
                throw InputException.at(
                        file.name(), line, 0, offset, e.getMessage() + "; --lenient leaves it out and counts it");
            }
            context.note("broken_events", e.getMessage(), place);
            return false;
        }
        record.at(number, line, offset, length);
        return true;
    }

    private void foreign() throws InputException {
        if (!inEvents()) {
            return;
        }
        long at = parser.currentTokenLocation().getLineNr();
        if (!context.lenient()) {
            throw InputException.at(
                    file.name(),
                    at,
                    parser.currentTokenLocation().getColumnNr(),
                    bom + parser.currentTokenLocation().getByteOffset(),
                    "expected an object as the next event; --lenient leaves this out and counts it");
        }
        context.note("broken_events", "elements of events that are not objects were left out", file.name() + ":" + at);
    }

    private void push(String what) throws InputException {
        if (around.size() == MAX_AROUND) {
            throw InputException.at(
                    file.name(),
                    parser.currentTokenLocation().getLineNr(),
                    parser.currentTokenLocation().getColumnNr(),
                    bom + parser.currentTokenLocation().getByteOffset(),
                    "objects and arrays around the events are nested deeper than the limit of " + MAX_AROUND);
        }
        around.push(what);
    }

    @Override
    public long bytesRead() {
        return bom + Math.max(0, parser.currentLocation().getByteOffset());
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
