package io.dettrace.formats.temporal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON value as maps, lists, texts, {@link JsonNumber}s, truth values and nulls. An event's payloads have to be
 * decoded before it can be told what its fields are, so an event, and no more than one, is held as a tree.
 */
final class JsonTree {
    /** Objects and arrays inside each other. */
    static final int MAX_DEPTH = 128;

    /** Characters that the texts and names of one event may have together; a Temporal server takes some four million. */
    static final int MAX_CHARACTERS = 16 << 20;

    /** Values that one event may have. */
    static final int MAX_VALUES = 500_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_CHARACTERS)
                    .maxNameLength(64 << 10)
                    .maxNumberLength(1_000)
                    .maxNestingDepth(4 * MAX_DEPTH)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private int duplicates;
    private long characters;
    private int values;

    /** A value beyond a limit. */
    static final class BeyondLimit extends IOException {
        private static final long serialVersionUID = 1L;

        BeyondLimit(String message) {
            super(message);
        }
    }

    /** A parser with the limits of this class over {@code in}, which is closed with it. */
    static JsonParser parser(InputStream in) throws IOException {
        return JSON.createParser(in);
    }

    /** Makes room for the next event. */
    void clear() {
        duplicates = 0;
        characters = 0;
        values = 0;
    }

    /** How many keys stood more than once in an object so far; the last value counts. */
    int duplicates() {
        return duplicates;
    }

    /** The value that begins with the parser's current token. */
    Object read(JsonParser p, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new BeyondLimit("objects and arrays are nested deeper than the limit of " + MAX_DEPTH);
        }
        count(p);
        return switch (p.currentToken()) {
            case START_OBJECT -> {
                p.nextToken();
                yield members(p, depth);
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (p.nextToken() != JsonToken.END_ARRAY) {
                    list.add(read(p, depth + 1));
                }
                yield list;
            }
            case VALUE_STRING -> p.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(p.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private void count(JsonParser p) throws IOException {
        characters += p.currentToken() == JsonToken.VALUE_STRING ? p.getTextLength() : 0;
        if (characters > MAX_CHARACTERS) {
            throw new BeyondLimit("an event's texts are longer than the limit of " + MAX_CHARACTERS + " characters");
        }
        if (++values > MAX_VALUES) {
            throw new BeyondLimit("an event has more values than the limit of " + MAX_VALUES);
        }
    }

    /** The rest of an object from the name that is the parser's current token to the end of the object. */
    Map<String, Object> members(JsonParser p, int depth) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (JsonToken t = p.currentToken(); t == JsonToken.FIELD_NAME; t = p.nextToken()) {
            String name = p.currentName();
            characters += name.length();
            p.nextToken();
            if (map.containsKey(name)) {
                duplicates++;
            }
            map.put(name, read(p, depth + 1));
        }
        return map;
    }

    /** The value that {@code text} is as JSON, wrapped so that null can be told from no JSON; null if it is none. */
    static Parsed parse(String text) {
        try (JsonParser p = JSON.createParser(text)) {
            if (p.nextToken() == null) {
                return null;
            }
            Object value = new JsonTree().read(p, 1);
            return p.nextToken() == null ? new Parsed(value) : null;
        } catch (IOException noJson) {
            return null;
        }
    }

    /** A value that was read. */
    record Parsed(Object value) {}
}
