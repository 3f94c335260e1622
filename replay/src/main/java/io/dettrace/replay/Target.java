package io.dettrace.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.InputException;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The program under control: the command that starts it, and the agent's options that belong to the program and not to a
 * single run of it.
 *
 * @param command the command and its arguments, as after {@code --}
 * @param options options by key, of those in {@link #OPTIONS}
 */
public record Target(List<String> command, Map<String, String> options) {
    /** The keys of a schedule's header that say how the program is controlled, in the order written. */
    public static final List<String> OPTIONS = List.of(
            "scope", "include", "exclude", "fields", "collections", "steps", "watchdog", "oracle", "fail-if-output");

    private static final String COMMAND = "command";
    private static final JsonFactory JSON = new JsonFactory();

    /** Copies both. */
    public Target {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("the command is empty");
        }
        command = List.copyOf(command);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** The program with its default options. */
    public static Target of(String... command) {
        return new Target(List.of(command), Map.of());
    }

    /**
     * The program that a schedule was recorded from.
     *
     * @param file the schedule's name in messages
     */
    public static Target from(Schedule schedule, String file) throws IOException {
        String command = schedule.header(COMMAND);
        if (command == null) {
            throw new InputException(
                    file + ": the header has no line 'command [\"java\", ...]', so it is not known what to"
                            + " run; record the program with dettrace record");
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String key : OPTIONS) {
            String value = schedule.header(key);
            if (value != null) {
                options.put(key, value);
            }
        }
        List<String> words = words(command, file);
        if (words.isEmpty()) {
            throw new InputException(file + ": the header's command is empty");
        }
        return new Target(words, options);
    }

    /** True if each test method is a run of its own. */
    public boolean recordsTests() {
        return "tests".equals(options.get("scope"));
    }

    /** The same program with an option set. */
    Target with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put(key, value);
        return new Target(command, changed);
    }

    /** Adds the command and the options to a schedule's header. */
    public void describe(Schedule.Builder schedule) {
        schedule.header(COMMAND, json(command));
        options.forEach(schedule::header);
    }

    /** True if the command starts a JVM itself, so that flags can be given to it. */
    public boolean isJava() {
        String first = command.get(0);
        String name = first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1);
        return name.equals("java") || name.equals("java.exe");
    }

    private static String json(List<String> words) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (String word : words) {
                json.writeString(word);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static List<String> words(String text, String file) throws IOException {
        List<String> words = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw notStrings(file, text);
            }
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                words.add(json.getText());
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw notStrings(file, text);
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw notStrings(file, text);
        }
        return words;
    }

    private static InputException notStrings(String file, String text) {
        return new InputException(
                file + ": expected 'command [\"java\", ...]', a JSON array of strings, found '" + text + "'");
    }
}
