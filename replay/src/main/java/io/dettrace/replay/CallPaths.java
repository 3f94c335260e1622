package io.dettrace.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * By which calls the program came to the few events that a proof names, and to where the threads of a deadlock wait: frames
 * of the program, the innermost first; and what the threads are called. They are taken in runs that are made anyway to confirm
 * the proof.
 */
record CallPaths(
        Map<LogEvent, List<String>> events, Map<String, List<String>> blocked, SortedMap<String, String> names) {
    /** Nothing is known. */
    static final CallPaths NONE = new CallPaths(Map.of(), Map.of(), new TreeMap<>());

    /** The key under which a run is asked for stacks, and answers. */
    static final String KEY = "stacks";

    private static final String BLOCKED = ":blocked";
    private static final String NAME = ":name";
    private static final JsonFactory JSON = new JsonFactory();

    CallPaths {
        events = Map.copyOf(events);
        blocked = Map.copyOf(blocked);
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /** What to ask a run for, so that it tells the paths of these events and of threads that block. */
    static String wanted(Collection<LogEvent> events) {
        Set<String> keys = new LinkedHashSet<>();
        events.forEach(e -> keys.add(key(e)));
        return String.join(" ", keys);
    }

    /** The paths that a run has told, of those of the events that are its own. */
    static CallPaths told(Schedule made, Collection<LogEvent> events) throws IOException {
        String text = made.header(KEY);
        Map<LogEvent, List<String>> paths = new LinkedHashMap<>();
        Map<String, List<String>> blocked = new LinkedHashMap<>();
        if (text == null) {
            return NONE;
        }
        Map<String, List<String>> all = parse(text);
        for (LogEvent e : events) {
            List<String> path = all.get(key(e));
            if (path != null) {
                paths.put(e, cleaned(path, e.at()));
            }
        }
        SortedMap<String, String> names = new TreeMap<>();
        all.forEach((key, path) -> {
            if (key.endsWith(NAME) && !path.isEmpty()) {
                names.put(key.substring(0, key.length() - NAME.length()), path.get(0));
                return;
            }
            List<String> places = cleaned(path, null);
            if (key.endsWith(BLOCKED) && !places.isEmpty()) {
                blocked.put(key.substring(0, key.length() - BLOCKED.length()), places);
            }
        });
        return new CallPaths(paths, blocked, names);
    }

    /** These and those; where both know an event, these. */
    CallPaths and(CallPaths others) {
        Map<LogEvent, List<String>> both = new LinkedHashMap<>(others.events);
        both.putAll(events);
        Map<String, List<String>> waits = new LinkedHashMap<>(others.blocked);
        waits.putAll(blocked);
        return new CallPaths(both, waits, names.isEmpty() ? others.names : names);
    }

    /** The frames from an event outwards; its own place alone if no more is known, nothing if not even that. */
    List<String> of(LogEvent e) {
        List<String> known = events.get(e);
        if (known != null) {
            return known;
        }
        return e.at() == null ? List.of() : List.of(e.at());
    }

    /** The frames from where a thread of a deadlock waits. */
    List<String> waiting(Proof.Held held) {
        return blocked.getOrDefault(held.thread(), List.of(held.at()));
    }

    /**
     * Without frames that have no line: those of generated classes, and of a synchronized method that is being entered, whose
     * place only the event tells.
     */
    private static List<String> cleaned(List<String> path, @Nullable String at) {
        List<String> places = new ArrayList<>(path);
        places.removeIf(frame -> !Region.hasLine(frame));
        boolean innermost = !path.isEmpty() && Region.hasLine(path.get(0));
        if (!innermost && at != null && !places.contains(at)) {
            places.add(0, at);
        }
        return List.copyOf(places);
    }

    private static String key(LogEvent e) {
        return e.thread() + ":" + e.n();
    }

    private static Map<String, List<String>> parse(String text) throws IOException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected a JSON object of stacks, found " + text);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                List<String> frames = new ArrayList<>();
                String key = json.currentName();
                json.nextToken();
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    frames.add(json.getText());
                }
                all.put(key, List.copyOf(frames));
            }
        }
        return all;
    }
}
