package io.dettrace.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of a run in memory, in the order in which they happened. */
final class RunLog {
    /** Most events that are looked at; a longer log is cut there. */
    static final int MAX_EVENTS = 4_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final List<LogEvent> events;

    RunLog(List<LogEvent> events) {
        this.events = List.copyOf(events);
    }

    /** Reads a log of JSON lines. */
    static RunLog read(Path file) throws IOException {
        List<LogEvent> events = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            while (events.size() < MAX_EVENTS && json.nextToken() == JsonToken.START_OBJECT) {
                events.add(event(json, texts));
            }
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": line " + (events.size() + 1) + " is no event of a recorded run: "
                    + e.getOriginalMessage());
        }
        return new RunLog(events);
    }

    private static LogEvent event(JsonParser json, Map<String, String> texts) throws IOException {
        String thread = "";
        long n = -1;
        String op = "";
        String res = null;
        long index = -1;
        String what = null;
        String at = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "thread" -> thread = one(json, texts);
                case "n" -> n = json.getLongValue();
                case "op" -> op = one(json, texts);
                case "res" -> res = one(json, texts);
                case "index" -> index = json.getLongValue();
                case "what" -> what = one(json, texts);
                case "at" -> at = one(json, texts);
                default -> json.skipChildren();
            }
        }
        return new LogEvent(thread, n, op, res, index, what, at);
    }

    private static String one(JsonParser json, Map<String, String> texts) throws IOException {
        String text = json.getText();
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    List<LogEvent> events() {
        return events;
    }

    int size() {
        return events.size();
    }

    LogEvent get(int i) {
        return events.get(i);
    }

    /** The place of the first event in which two logs differ; the shorter one's length if one begins with the other. */
    int firstDifference(RunLog other) {
        int common = Math.min(size(), other.size());
        for (int i = 0; i < common; i++) {
            if (!get(i).sameStep(other.get(i))) {
                return i;
            }
        }
        return common;
    }

    /** The place of a thread's next event at or behind {@code from}; the log's length if there is none. */
    int nextOf(String thread, int from) {
        int i = from;
        while (i < size() && !get(i).thread().equals(thread)) {
            i++;
        }
        return i;
    }

    /** The event with a thread's number, or null. */
    @Nullable
    LogEvent find(String thread, long n) {
        for (LogEvent e : events) {
            if (e.n() == n && e.thread().equals(thread)) {
                return e;
            }
        }
        return null;
    }
}
