package io.dettrace.formats.jepsen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON as the values that histories in EDN have. */
final class JsonValues {
    static final JsonFactory JSON = new JsonFactory();

    private JsonValues() {}

    /** The value that begins with {@code token}, of an operation that begins at byte {@code start}; null for an object around the history, which is entered. */
    static Edn value(JsonParser parser, JsonToken token, int depth, long start) throws IOException {
        if (depth > EdnParser.MAX_DEPTH) {
            throw new JsonParseException(parser, "values are nested deeper than " + EdnParser.MAX_DEPTH);
        }
        if (parser.currentLocation().getByteOffset() - start > EdnParser.MAX_FORM) {
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
                    entries.add(value(parser, value, depth + 1, start));
                }
                return new Edn.Dict(entries);
            }
            case START_ARRAY -> {
                List<Edn> items = new ArrayList<>();
                for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                    items.add(value(parser, t, depth + 1, start));
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
}
