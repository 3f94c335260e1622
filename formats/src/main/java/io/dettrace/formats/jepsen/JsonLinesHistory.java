package io.dettrace.formats.jepsen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.TextLines;
import java.io.IOException;

/** Operations as JSON objects, one a line; a line that breaks is left out, and the next one is read. */
final class JsonLinesHistory extends History {
    private final TextLines lines;

    JsonLinesHistory(InputFile file, int number, boolean independent, ReadContext context, EventRecord record)
            throws IOException {
        super(file, number, independent, context, record);
        lines = new TextLines(file);
    }

    /** True if the first line of text is an object from its beginning to its end. */
    static boolean looksSo(InputFile file) throws IOException {
        try (TextLines lines = new TextLines(file)) {
            while (lines.next()) {
                int n = lines.end() - lines.start();
                if (n == 0) {
                    continue;
                }
                try (JsonParser parser = JsonValues.JSON.createParser(lines.bytes(), lines.start(), n)) {
                    boolean object = parser.nextToken() == JsonToken.START_OBJECT;
                    return object
                            && JsonValues.value(parser, JsonToken.START_OBJECT, 0, 0) != null
                            && parser.nextToken() == null;
                } catch (JsonProcessingException broken) {
                    return false;
                }
            }
        }
        return false;
    }

    @Override
    Edn.Dict read() throws IOException {
        while (lines.next()) {
            int n = lines.end() - lines.start();
            place(lines.number(), lines.offset(), n);
            try (JsonParser parser = JsonValues.JSON.createParser(lines.bytes(), lines.start(), n)) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_OBJECT) {
                    Edn.Dict op = (Edn.Dict) JsonValues.value(parser, token, 0, 0);
                    if (op != null && parser.nextToken() == null) {
                        return op;
                    }
                }
                if (token != null) {
                    broken("expected one operation, an object with process, type, f and value");
                }
            } catch (JsonProcessingException e) {
                broken("is not valid JSON: " + JsonRecord.plainWords(e.getOriginalMessage()));
            }
        }
        return null;
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
