package io.dettrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A pass over the events of one JSON document, which holds no more than one event in memory. */
final class DocumentReader implements Closeable {
    private final InputFile file;
    private final ReadContext context;
    private final JsonRecord record;
    private final int bom;
    private final JsonParser parser;
    private final boolean whole;
    private boolean ended;

    private long line;
    private long offset;
    private int length;

    DocumentReader(InputFile file, Mapping mapping, ReadContext context, boolean keepIgnored) throws IOException {
        this.file = file;
        this.context = context;
        record = new JsonRecord(mapping, context.lenient(), keepIgnored);
        bom = bomLength(file);
        EventArray array = find();
        whole = array.path().isEmpty();
        parser = open();
        try {
            while (parser.nextToken() != JsonToken.START_ARRAY
                    || parser.currentTokenLocation().getByteOffset() != array.offset()) {
                continue;
            }
        } catch (IOException e) {
            parser.close();
            throw e instanceof JsonProcessingException j ? error(JsonRecord.malformed(j)) : e;
        }
    }

    private static int bomLength(InputFile file) throws IOException {
        try (InputStream in = file.open()) {
            byte[] head = in.readNBytes(InputFile.UTF8_BOM_LENGTH);
            return InputFile.bomLength(head, head.length);
        }
    }

    private JsonParser open() throws IOException {
        InputStream in = file.open();
        in.skipNBytes(bom);
        return JsonRecord.parser(new Utf8Stream(file.name(), in, bom));
    }

    private EventArray find() throws IOException {
        try (JsonParser p = open()) {
            EventArray array = EventArray.find(p, context.lenient());
            if (!array.others().isEmpty()) {
                context.note(
                        "other_arrays",
                        "the events are those of \"" + array.path() + "\"; not read are "
                                + String.join(", ", array.others()),
                        file.name() + ":1");
            }
            return array;
        } catch (JsonProcessingException e) {
            throw error(JsonRecord.malformed(e));
        } catch (JsonRecord.Malformed e) {
            throw error(e);
        }
    }

    /** Goes to the next event; false at the end. */
    boolean next() throws IOException {
        try {
            while (!ended) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_OBJECT) {
                    readEvent();
                    return true;
                }
                if (token == JsonToken.END_ARRAY) {
                    ended = true;
                    if (whole) {
                        EventArray.checkEnd(parser);
                    }
                } else {
                    foreign(token);
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            throw error(JsonRecord.malformed(e));
        } catch (JsonRecord.Malformed e) {
            throw error(e);
        }
    }

    private void readEvent() throws IOException, JsonRecord.Malformed {
        long start = parser.currentTokenLocation().getByteOffset();
        line = parser.currentTokenLocation().getLineNr();
        offset = bom + start;
        record.read(parser);
        long bytes = parser.currentLocation().getByteOffset() - start;
        if (bytes > Integer.MAX_VALUE) {
            throw error("the event is longer than the limit of " + Integer.MAX_VALUE + " bytes");
        }
        length = (int) bytes;
        for (int i = 0; i < record.duplicates(); i++) {
            context.note("duplicate_keys", "of keys that stand twice in one object the last value counts", place());
        }
    }

    private void foreign(JsonToken token) throws IOException, JsonRecord.Malformed {
        if (!context.lenient()) {
            throw JsonRecord.malformed(
                    parser,
                    "expected an object as the next event, found " + JsonRecord.describe(token)
                            + "; --lenient leaves it out and counts it");
        }
        String place = file.name() + ":" + parser.currentTokenLocation().getLineNr();
        context.note("broken_events", "elements of the array of events that are not objects were left out", place);
        parser.skipChildren();
    }

    /** Adds the event to {@code block} by way of the assembler. */
    void assemble(EventAssembler assembler, EventBlock block, int fileNumber) throws IOException {
        assembler.begin();
        record.feed(assembler);
        try {
            assembler.end(block, fileNumber, line, offset, length);
        } catch (EventAssembler.ClockException e) {
            if (!context.lenient()) {
                throw error(e.getMessage() + "; --lenient leaves such events out and counts them");
            }
            context.note("broken_events", e.getMessage(), place());
        }
    }

    List<Field> fields() {
        return record.fields();
    }

    long bytesRead() {
        return bom + parser.currentLocation().getByteOffset();
    }

    private String place() {
        return file.name() + ":" + line;
    }

    private InputException error(String message) {
        return InputException.at(file.name(), line, 0, offset, message);
    }

    private InputException error(JsonRecord.Malformed e) {
        String message = e.isCut() ? "the document is cut off: " + e.getMessage() : e.getMessage();
        return InputException.at(file.name(), e.line(), e.column(), bom + e.offset(), message);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
