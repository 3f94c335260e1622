package io.dettrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Spells an array or object that a reader put together as one of a file of JSON is spelt, so that a run and what it was
 * converted to have equal values.
 */
public final class CanonicalValue {
    private final ByteSink sink = new ByteSink(ByteSink.MAX_BYTES);
    private final CanonicalJson canonical = new CanonicalJson((p, name) -> {}, sink);

    /** The value's one spelling; a text that is no JSON stays as it is. */
    public CharSequence of(CharSequence json) {
        if (isPlain(json)) {
            return json;
        }
        sink.clear();
        try (JsonParser p = JsonRecord.parser(json.toString())) {
            p.nextToken();
            canonical.write(p, 1);
            return p.nextToken() == null ? new String(sink.bytes, 0, sink.size, StandardCharsets.UTF_8) : json;
        } catch (IOException | JsonRecord.Malformed | ByteSink.FullException beyondLimits) {
            return json;
        }
    }

    /** True if there is one way only to write it: an array of plain strings and whole numbers, or an empty object. */
    private static boolean isPlain(CharSequence json) {
        int n = json.length();
        boolean string = false;
        int digits = 0;
        for (int i = 0; i < n; i++) {
            char c = json.charAt(i);
            if (string) {
                if (c == '\\' || Character.isSurrogate(c)) {
                    return false;
                }
                string = c != '"';
            } else if (c == '"') {
                string = true;
            } else if (c >= '0' && c <= '9') {
                if (++digits > 18) {
                    return false;
                }
            } else {
                digits = 0;
                if (c != ',' && c != '[' && c != ']' && (c != '{' || n != 2) && c != '}') {
                    return false;
                }
            }
        }
        return true;
    }
}
