package io.dettrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the events of a JSON document are: its top-level array, or one of the arrays of objects among the members of its
 * top-level object and of the objects in that.
 *
 * <p>An array called {@code events} is taken first, which may be empty, then the longest, then the first. A pass over the whole document
 * finds out, which also checks that all of it is JSON.
 *
 * @param path dotted path, empty for the top-level array
 * @param offset byte offset of its {@code [} in the parser's input
 * @param objects objects in it; 0 for the top-level array, where no one has counted
 * @param others paths of other arrays of objects, at most {@value #MAX_OTHERS}
 */
record EventArray(String path, long offset, long objects, List<String> others) {
    /** Other arrays that are named to the user. */
    static final int MAX_OTHERS = 10;

    private static final int LEVELS = 2;
    private static final int MAX_NAMES = 10_000;

    /** Finds the array of events; the parser stands before the document. */
    static EventArray find(JsonParser p, boolean lenient) throws IOException, JsonRecord.Malformed {
        JsonToken first = p.nextToken();
        if (first == JsonToken.START_ARRAY) {
            return new EventArray("", p.currentTokenLocation().getByteOffset(), 0, List.of());
        }
        if (first != JsonToken.START_OBJECT) {
            throw JsonRecord.malformed(
                    p,
                    "expected a JSON document with an array of events, such as {\"events\": [{...}, ...]}, found "
                            + JsonRecord.describe(first));
        }
        JsonRecord.Malformed none = JsonRecord.malformed(
                p,
                "the document has no array of objects, so no events; expected [{...}, ...] or {\"events\": [{...}, ...]}");
        Search search = new Search(lenient);
        search.members(p, "", 1);
        checkEnd(p);
        if (search.best == null) {
            throw none;
        }
        List<String> others = new ArrayList<>(search.paths);
        others.remove(search.best.path);
        return new EventArray(search.best.path, search.best.offset, search.best.objects, List.copyOf(others));
    }

    /** Checks that nothing follows the document. */
    static void checkEnd(JsonParser p) throws IOException, JsonRecord.Malformed {
        JsonToken token = p.nextToken();
        if (token != null) {
            throw JsonRecord.malformed(
                    p,
                    "expected the end of the file after the JSON document, found " + JsonRecord.describe(token)
                            + "; a file of several JSON objects must have each on a line of its own");
        }
    }

    /** The search through one document. */
    private static final class Search {
        private final boolean lenient;
        private final Set<String> seen = new HashSet<>();
        private final List<String> paths = new ArrayList<>();
        private EventArray best;

        Search(boolean lenient) {
            this.lenient = lenient;
        }

        void members(JsonParser p, String prefix, int level) throws IOException, JsonRecord.Malformed {
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String path = prefix + JsonRecord.name(p);
                JsonToken token = p.nextToken();
                if (token == JsonToken.START_ARRAY) {
                    array(p, path);
                } else if (token == JsonToken.START_OBJECT && level < LEVELS) {
                    members(p, path + ".", level + 1);
                } else {
                    p.skipChildren();
                }
            }
        }

        private void array(JsonParser p, String path) throws IOException, JsonRecord.Malformed {
            long offset = p.currentTokenLocation().getByteOffset();
            JsonRecord.Malformed twice = JsonRecord.malformed(
                    p, "the array \"" + JsonRecord.shorten(path) + "\" stands twice in the document, expected it once");
            long elements = 0;
            long objects = 0;
            for (JsonToken t = p.nextToken(); t != JsonToken.END_ARRAY; t = p.nextToken()) {
                elements++;
                objects += t == JsonToken.START_OBJECT ? 1 : 0;
                p.skipChildren();
            }
            if (objects == 0 && !(elements == 0 && isNamedEvents(path))) {
                return;
            }
            boolean again = seen.size() < MAX_NAMES ? !seen.add(path) : seen.contains(path);
            if (again && !lenient) {
                throw twice;
            }
            if (objects > 0 && !again && paths.size() <= MAX_OTHERS) {
                paths.add(path);
            }
            EventArray found = new EventArray(path, offset, objects, List.of());
            if (best == null || again && best.path.equals(path) || found.betterThan(best)) {
                best = found;
            }
        }
    }

    private boolean betterThan(EventArray other) {
        boolean named = isNamedEvents(path);
        if (objects > 0 && other.objects > 0 && named != isNamedEvents(other.path)) {
            return named;
        }
        return objects > other.objects;
    }

    private static boolean isNamedEvents(String path) {
        return path.equals("events") || path.endsWith(".events");
    }
}
