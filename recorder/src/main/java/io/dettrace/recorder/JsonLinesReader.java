package io.dettrace.recorder;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON lines of flat objects: texts, numbers, true, false, null; arrays only where links stand. */
final class JsonLinesReader {
    /** Longest line, in chars. */
    static final int MAX_LINE = 4 << 20;

    private final Path file;
    private final JsonForm form;
    private String line = "";
    private int lineNumber;
    private int at;

    JsonLinesReader(Path file, JsonForm form) {
        this.file = file;
        this.form = form;
    }

    List<RecordedEvent> read() throws IOException {
        List<RecordedEvent> events = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                line = next;
                lineNumber++;
                at = 0;
                if (next.length() > MAX_LINE) {
                    throw wrong("a line of at most " + MAX_LINE + " characters");
                }
                if (!next.isBlank()) {
                    events.add(event(events.size()));
                }
            }
        } catch (CharacterCodingException e) {
            throw new RecordingException(file + ", behind line " + lineNumber + ": not UTF-8");
        }
        return events;
    }

    private RecordedEvent event(int number) throws RecordingException {
        Map<String, @Nullable Object> fields = object();
        Object lane = form.lane() == null ? "run" : fields.remove(form.lane());
        Object kind = fields.remove(form.kind());
        if (form.number() != null) {
            fields.remove(form.number());
        }
        if (form.links() != null) {
            fields.remove(form.links());
        }
        if (!(lane instanceof String laneName)) {
            throw wrong("a text at key \"" + form.lane() + "\"");
        }
        if (!(kind instanceof String kindName)) {
            throw wrong("a text at key \"" + form.kind() + "\"");
        }
        return new RecordedEvent(number, laneName, kindName, unescaped(fields), List.of());
    }

    /** Gives fields whose keys had to make way back their own. */
    private Map<String, @Nullable Object> unescaped(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            String without = key.endsWith("_") ? key.substring(0, key.length() - 1) : key;
            own.put(form.isTaken(without) ? without : key, value);
        });
        return Collections.unmodifiableMap(own);
    }

    private Map<String, @Nullable Object> object() throws RecordingException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        expect('{');
        if (peek() == '}') {
            at++;
            return fields;
        }
        while (true) {
            peek();
            int place = at;
            String key = string();
            expect(':');
            Object value = value(key.equals(form.links()));
            if (fields.containsKey(key)) {
                at = place;
                throw wrong("each key once");
            }
            fields.put(key, value);
            if (peek() == ',') {
                at++;
            } else {
                expect('}');
                if (peek() != 0) {
                    throw wrong("the line's end");
                }
                return fields;
            }
        }
    }

    private @Nullable Object value(boolean arrayAllowed) throws RecordingException {
        char c = peek();
        if (c == '"') {
            return string();
        }
        if (c == '[' && arrayAllowed) {
            at++;
            while (peek() != ']') {
                value(false);
                if (peek() == ',') {
                    at++;
                } else if (peek() != ']') {
                    throw wrong("',' or ']'");
                }
            }
            at++;
            return null;
        }
        int from = at;
        while (at < line.length() && ",}] \t".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        String word = line.substring(from, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> number(word, from);
        };
    }

    private Object number(String word, int from) throws RecordingException {
        try {
            boolean whole = word.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
            if (whole) {
                return Long.valueOf(word);
            }
            if (word.chars().allMatch(c -> "+-.eE".indexOf(c) >= 0 || c >= '0' && c <= '9')) {
                return Double.valueOf(word);
            }
        } catch (NumberFormatException e) {
            // Said below, with the place.
        }
        at = from;
        throw wrong("a text, a number, true, false or null");
    }

    private String string() throws RecordingException {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? escaped() : c);
        }
        throw wrong("'\"' at the text's end");
    }

    private char escaped() throws RecordingException {
        char c = at < line.length() ? line.charAt(at++) : 0;
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u':
                try {
                    char unit = (char) Integer.parseInt(line.substring(at, at + 4), 16);
                    at += 4;
                    return unit;
                } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
                    throw wrong("four hexadecimal digits");
                }
            default:
                at--;
                throw wrong("one of \" \\ / n r t b f u behind a backslash");
        }
    }

    private char peek() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at < line.length() ? line.charAt(at) : 0;
    }

    private void expect(char c) throws RecordingException {
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private RecordingException wrong(String expected) {
        String rest = at >= line.length() ? "the line's end" : line.substring(at, Math.min(at + 20, line.length()));
        return new RecordingException(
                file + ", line " + lineNumber + ", column " + (at + 1) + ": expected " + expected + ", found " + rest);
    }
}
