package io.dettrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON values so that equal values give equal bytes: no white space, members sorted by key, one spelling for every
 * number and string.
 */
final class CanonicalJson {
    /** Is told of a key that its object already has. */
    interface Duplicates {
        void found(JsonParser p, String name) throws JsonRecord.Malformed;
    }

    private final Duplicates duplicates;
    private final ByteSink out;

    /** A writer to {@code out}. */
    CanonicalJson(Duplicates duplicates, ByteSink out) {
        this.duplicates = duplicates;
        this.out = out;
    }

    /**
     * Writes the value that begins at the parser's current token.
     *
     * @param depth nesting of the value if it is an array or object, from 1
     */
    void write(JsonParser p, int depth) throws IOException, JsonRecord.Malformed {
        JsonToken token = p.currentToken();
        switch (token) {
            case START_ARRAY -> array(p, depth);
            case START_OBJECT -> object(p, depth);
            case VALUE_STRING -> out.quoted(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.ascii(ValueDigest.readableNumber(p.getText()));
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.ascii(token.asString());
            default -> throw JsonRecord.malformed(p, "expected a value, found " + token);
        }
    }

    private void array(JsonParser p, int depth) throws IOException, JsonRecord.Malformed {
        JsonRecord.checkDepth(p, depth);
        out.put('[');
        for (boolean first = true; p.nextToken() != JsonToken.END_ARRAY; first = false) {
            if (!first) {
                out.put(',');
            }
            write(p, depth + 1);
        }
        out.put(']');
    }

    private void object(JsonParser p, int depth) throws IOException, JsonRecord.Malformed {
        JsonRecord.checkDepth(p, depth);
        int start = out.size;
        Map<String, Member> members = new HashMap<>();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = JsonRecord.name(p);
            if (members.containsKey(name)) {
                duplicates.found(p, name);
            }
            p.nextToken();
            int from = out.size;
            char[] chars = name.toCharArray();
            out.quoted(chars, 0, chars.length);
            out.put(':');
            write(p, depth + 1);
            members.put(name, new Member(name, from, out.size));
        }
        sort(start, new ArrayList<>(members.values()));
    }

    /** Puts the members, which stand from {@code start} on without braces and commas, into their final form. */
    private void sort(int start, List<Member> order) {
        byte[] raw = Arrays.copyOfRange(out.bytes, start, out.size);
        out.size = start;
        out.put('{');
        order.sort((a, b) -> a.name.compareTo(b.name));
        for (int i = 0; i < order.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            Member m = order.get(i);
            out.put(raw, m.from - start, m.to - m.from);
        }
        out.put('}');
    }

    /** A member of an object: its key, and the range of the bytes written for it. */
    private record Member(String name, int from, int to) {}
}
