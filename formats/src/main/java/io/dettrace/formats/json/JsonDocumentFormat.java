package io.dettrace.formats.json;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.EventFormat;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON document whose events are the objects of an array: the top-level one, or one among the members of the top-level
 * object or of the objects in that. There an array called {@code events} is taken, else the longest, else the first.
 *
 * <p>A document that is damaged anywhere is an error with its place, also with {@code lenient}; that only allows for
 * elements of the array that are not objects, for broken clocks and for keys that stand twice.
 */
public final class JsonDocumentFormat implements EventFormat {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public FileReader open(
            InputFile file, int fileNumber, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException {
        DocumentReader document = new DocumentReader(file, mapping, context, false);
        return new FileReader() {
            @Override
            public boolean fill(EventBlock block) throws IOException {
                while (!block.isFull()) {
                    if (!document.next()) {
                        return false;
                    }
                    document.assemble(assembler, block, fileNumber);
                }
                return true;
            }

            @Override
            public long bytesRead() {
                return document.bytesRead();
            }

            @Override
            public void close() throws IOException {
                document.close();
            }
        };
    }

    @Override
    public List<List<Field>> sample(InputFile file, Mapping mapping, int limit, ReadContext context)
            throws IOException {
        List<List<Field>> records = new ArrayList<>();
        try (DocumentReader document = new DocumentReader(file, mapping, context, true)) {
            while (records.size() < limit && document.next()) {
                records.add(document.fields());
            }
        }
        return records;
    }

    @Override
    public List<Field> fields(byte[] text, Mapping mapping) throws IOException {
        JsonRecord record = new JsonRecord(mapping, true, true);
        try {
            record.read(text, 0, text.length);
        } catch (JsonRecord.Malformed e) {
            throw new InputException("the event's text: " + e.getMessage() + " (byte " + e.offset() + ")", e);
        }
        return record.fields();
    }
}
