package io.dettrace.formats.jepsen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.io.InputStream;

/** Operations as JSON objects: one after the other, in an array, or in an array that is the member {@code history}. */
final class JsonHistory extends History {
    private final InputStream in;
    private final JsonParser parser;
    private boolean enclosed;
    private boolean ended;

    JsonHistory(InputFile file, int number, boolean independent, ReadContext context, EventRecord record)
            throws IOException {
        super(file, number, independent, context, record);
        in = file.open();
        parser = JsonValues.JSON.createParser(in);
    }

    @Override
    Edn.Dict read() throws IOException {
        try {
            while (!ended) {
                JsonToken token = parser.nextToken();
                if (token == null || enclosed && token == JsonToken.END_ARRAY) {
                    ended = true;
                } else if (token == JsonToken.START_OBJECT) {
                    long start = parser.currentTokenLocation().getByteOffset();
                    place(parser.currentTokenLocation().getLineNr(), start, 0);
                    Edn.Dict op = (Edn.Dict) JsonValues.value(parser, token, 0, start);
                    if (op == null) {
                        enclosed = true;
                        continue;
                    }
                    place(line, start, parser.currentLocation().getByteOffset() - start);
                    return op;
                } else if (token.isScalarValue()) {
                    place(
                            parser.currentTokenLocation().getLineNr(),
                            parser.currentTokenLocation().getByteOffset(),
                            0);
                    broken("expected an operation, an object with process, type, f and value");
                }
            }
        } catch (JsonProcessingException e) {
            ended = true;
            place(e.getLocation().getLineNr(), Math.max(0, e.getLocation().getByteOffset()), 0);
            broken("is not valid JSON: " + JsonRecord.plainWords(e.getOriginalMessage()));
        }
        return null;
    }

    @Override
    public long bytesRead() {
        return Math.max(0, parser.currentLocation().getByteOffset());
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }
}
