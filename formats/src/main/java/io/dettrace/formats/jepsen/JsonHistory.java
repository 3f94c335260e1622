package io.dettrace.formats.jepsen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Operations as JSON objects: one after the other, in an array, or in an array that is the member {@code history}. */
final class JsonHistory extends History {
    private static final JsonFactory JSON = new JsonFactory();

    private final InputStream in;
    private final JsonParser parser;
    private boolean enclosed;
    private boolean ended;

    JsonHistory(InputFile file, int number, boolean independent, ReadContext context, EventRecord record)
            throws IOException {
        super(file, number, independent, context, record);
        in = file.open();
        parser = JSON.createParser(in);
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
                    Edn.Dict op = (Edn.Dict) value(token, 0);
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
            broken("is not valid JSON: " + e.getOriginalMessage());
        }
        return null;
    }

    /** The value that begins with {@code token}; null for an object around the history, which is entered. */
    private Edn value(JsonToken token, int depth) throws IOException {
        if (depth > EdnParser.MAX_DEPTH) {
            throw new JsonParseException(parser, "values are nested deeper than " + EdnParser.MAX_DEPTH);
        }
        if (parser.currentLocation().getByteOffset() - offset > EdnParser.MAX_FORM) {
            throw new JsonParseException(parser, "an operation is longer than " + EdnParser.MAX_FORM + " bytes");
        }
        switch (token) {
            case START_OBJECT -> {
                List<Edn> entries = new ArrayList<>();
                for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
                    String key = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (depth == 0 && value == JsonToken.START_ARRAY && JepsenFormat.HISTORY.contains(key)) {
                        return null;
                    }
                    entries.add(new Edn.Text(key));
                    entries.add(value(value, depth + 1));
                }
                return new Edn.Dict(entries);
            }
            case START_ARRAY -> {
                List<Edn> items = new ArrayList<>();
                for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                    items.add(value(t, depth + 1));
                }
                return new Edn.Seq(items, false);
            }
            case VALUE_STRING -> {
                return new Edn.Text(parser.getText());
            }
            default -> {
                return new Edn.Literal(token == JsonToken.VALUE_NULL ? "null" : parser.getText());
            }
        }
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
