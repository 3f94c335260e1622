package io.dettrace.formats.chrome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.formats.record.EventRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The event objects of a trace-event file, one after the other in the order of the file ("Trace Event Format", Google): an array
 * of them, or an object whose member {@code traceEvents} is that array. The array may lack its end, as programs that die while
 * they write it leave it; that is part of the format.
 */
final class TraceEvents implements Closeable {
    /** Nesting of arguments. */
    static final int MAX_NESTING = 200;

    /** Characters of one string. */
    static final int MAX_STRING = 16 << 20;

    /** Stack frames that the file may name. */
    static final int MAX_FRAMES = 1_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    /** Where in the file the parser is. */
    private enum At {
        START,
        EVENTS,
        CONTAINER,
        END
    }

    private final InputFile file;
    private final ReadContext context;
    private final JsonParser json;
    private final RawEvent event;
    private final Map<String, Frame> frames = new HashMap<>();
    private At at = At.START;
    private boolean contained;
    private long number;
    private long bytes;

    /**
     * A function of a stack.
     *
     * @param parent identity of its caller, null for none
     */
    record Frame(String name, String parent) {}

    TraceEvents(InputFile file, int fileNumber, ReadContext context, EventRecord record) throws IOException {
        this.file = file;
        this.context = context;
        json = JSON.createParser(file.open());
        event = new RawEvent(json, record, fileNumber, context, file.name());
    }

    /** Fills the record with the next event's members; false at the end. */
    boolean next() throws IOException {
        try {
            while (true) {
                switch (at) {
                    case START -> start();
                    case CONTAINER -> member();
                    case EVENTS -> {
                        if (element()) {
                            return true;
                        }
                    }
                    default -> {
                        return false;
                    }
                }
            }
        } catch (JsonProcessingException e) {
            broken(e);
            return false;
        }
    }

    private void start() throws IOException {
        JsonToken t = json.nextToken();
        if (t == JsonToken.START_ARRAY) {
            at = At.EVENTS;
        } else if (t == JsonToken.START_OBJECT) {
            contained = true;
            at = At.CONTAINER;
        } else {
            throw new InputException(file.name() + ": expected an array of trace events, or an object with the member"
                    + " \"traceEvents\", and found " + (t == null ? "nothing" : "a single value"));
        }
    }

    private void member() throws IOException {
        JsonToken t = json.nextToken();
        if (t != JsonToken.FIELD_NAME) {
            at = At.END;
            return;
        }
        String name = json.currentName();
        t = json.nextToken();
        if (name.equals("traceEvents") && t == JsonToken.START_ARRAY) {
            at = At.EVENTS;
        } else if (name.equals("stackFrames") && t == JsonToken.START_OBJECT) {
            frames();
        } else if (name.equals("samples") && t == JsonToken.START_ARRAY) {
            samples();
        } else {
            if (name.equals("systemTraceEvents") && t == JsonToken.VALUE_STRING) {
                note("system_trace_events", "the kernel's trace inside the file is left out; it is a trace of its own");
            }
            json.skipChildren();
        }
    }

    /** The next element of the array of events; false if there was none that is an event. */
    private boolean element() throws IOException {
        JsonToken t = json.nextToken();
        bytes = json.currentTokenLocation().getByteOffset();
        if (t == JsonToken.START_OBJECT) {
            number++;
            return event.read(number);
        }
        if (t == JsonToken.END_ARRAY || t == null) {
            at = contained ? At.CONTAINER : At.END;
            return false;
        }
        if (t != JsonToken.VALUE_NULL) {
            String what = "expected an event, which is an object, and found "
                    + t.name().toLowerCase(java.util.Locale.ROOT);
            if (!context.lenient()) {
                throw place(what + "; --lenient leaves such elements out and counts them");
            }
            note("broken_events", what);
        } else {
            note("empty_events", "an element of the array is empty");
        }
        json.skipChildren();
        return false;
    }

    /** Stacks that a clock took beside the events, as Hermes and Chrome's old profiler write them: no events of the program. */
    private void samples() throws IOException {
        long count = 0;
        for (JsonToken t = json.nextToken(); t != null && t != JsonToken.END_ARRAY; t = json.nextToken()) {
            count++;
            json.skipChildren();
        }
        if (count > 0) {
            note("samples", "the samples of a profiler beside the events are left out: " + count);
        }
    }

    private void frames() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String id = json.currentName();
            String name = "";
            String parent = null;
            if (json.nextToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                if (json.nextToken().isScalarValue() && key.equals("name")) {
                    name = json.getText();
                } else if (json.currentToken().isScalarValue() && key.equals("parent")) {
                    parent = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            if (frames.size() >= MAX_FRAMES) {
                throw place("the file names more than " + MAX_FRAMES + " stack frames, which is the limit");
            }
            frames.put(id, new Frame(name, parent));
        }
    }

    /** A fault in the JSON: the end of the file between two events is fine, all else ends the reading. */
    private void broken(JsonProcessingException e) throws InputException {
        boolean ended = e instanceof JsonEOFException || e.getOriginalMessage().startsWith("Unexpected end-of-input");
        if (at == At.EVENTS && ended && !event.isOpen()) {
            note("unterminated", "the array of events has no end; what is there is read");
        } else {
            String what = JsonRecord.plainWords(e.getOriginalMessage());
            if (!context.lenient()) {
                long offset = e.getLocation() == null
                        ? bytes
                        : Math.max(0, e.getLocation().getByteOffset());
                long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
                long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
                throw InputException.at(
                        file.name(),
                        line,
                        Math.max(0, column),
                        offset,
                        "this is no JSON: " + what + "; --lenient takes the events before it");
            }
            note("broken_json", "the file is no JSON from here on: " + what);
        }
        at = At.END;
    }

    private InputException place(String what) {
        return InputException.at(
                file.name(),
                Math.max(1, json.currentTokenLocation().getLineNr()),
                Math.max(0, json.currentTokenLocation().getColumnNr()),
                Math.max(0, json.currentTokenLocation().getByteOffset()),
                what);
    }

    private void note(String code, String message) {
        context.note(
                code,
                message,
                file.name() + ":" + Math.max(1, json.currentLocation().getLineNr()));
    }

    /** The event just read. */
    RawEvent event() {
        return event;
    }

    /** The stack frames by identity; complete at the end of the file. */
    Map<String, Frame> stackFrames() {
        return frames;
    }

    /** Events and metadata read so far. */
    long count() {
        return number;
    }

    /** Bytes read so far. */
    long bytesRead() {
        return Math.max(0, bytes);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
