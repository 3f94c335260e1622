package io.dettrace.learn;

import io.dettrace.event.Field;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run shows by itself: kinds and lanes of its events, and the values of their fields. Gathered once, however many
 * sets of runs it is then part of.
 */
final class RunFacts {
    private final RunTable table;
    private final List<String> kindPaths;
    private final String[] kinds;
    private final String[] lanes;

    /** Facts of fields by {@link FieldFacts#key}, and events by kind. */
    final Map<String, FieldFacts> fields = new TreeMap<>();

    final Map<String, Long> events = new HashMap<>();

    /** By path, then by other path: how often that one told this one's value again, -1 if it told a wrong one. */
    private final Map<String, Map<String, Long>> told = new HashMap<>();

    RunFacts(RunTable table, Mapping mapping, ComparedFields compared) {
        this.table = table;
        kindPaths = mapping.fields(Role.KIND);
        List<String> lanePaths = mapping.fields(Role.LANE);
        kinds = new String[table.size()];
        lanes = new String[table.size()];
        Map<String, String> names = new HashMap<>();
        Map<String, Map<String, FieldFacts>> byKind = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            List<Field> event = table.fields(i);
            kinds[i] = names.computeIfAbsent(RunTable.kind(event, kindPaths), n -> n);
            lanes[i] = names.computeIfAbsent(MappingInference.lane(event, lanePaths), n -> n);
            String kind = kinds[i];
            events.merge(kind, 1L, Long::sum);
            Map<String, FieldFacts> known = byKind.computeIfAbsent(kind, k -> new HashMap<>());
            for (Field f : event) {
                if (compared.isCompared(f.path())) {
                    known.computeIfAbsent(f.path(), p -> new FieldFacts(kind, p))
                            .add(lanes[i], f);
                }
            }
        }
        byKind.values().forEach(known -> known.values().forEach(f -> fields.put(f.key(), f)));
    }

    /** How many events the run has. */
    int size() {
        return kinds.length;
    }

    /** Kind of event {@code number}, from 0. */
    String kind(int number) {
        return kinds[number];
    }

    /** Lane of event {@code number} by the run's own names. */
    String lane(int number) {
        return lanes[number];
    }

    /** Kinds of the events of each lane in their order. */
    Map<String, List<String>> kindsByLane(Map<String, String> aliases) {
        Map<String, List<String>> byLane = new LinkedHashMap<>();
        for (int i = 0; i < kinds.length; i++) {
            byLane.computeIfAbsent(aliases.getOrDefault(lanes[i], lanes[i]), l -> new ArrayList<>())
                    .add(kinds[i]);
        }
        return byLane;
    }

    /**
     * How often the value of a field told that of another one, in events that have both: -1 if the same value once went with
     * another one, else the number of times that it came again.
     */
    long told(String path, String by) {
        return told.computeIfAbsent(path, p -> new HashMap<>()).computeIfAbsent(by, b -> count(path, b));
    }

    private long count(String path, String by) {
        Map<String, String> known = new HashMap<>();
        long again = 0;
        for (int i = 0; i < table.size(); i++) {
            String value = table.text(i, path);
            String source = value == null ? null : table.text(i, by);
            if (source == null) {
                continue;
            }
            String before = known.putIfAbsent(source, value);
            if (before != null && !before.equals(value)) {
                return -1;
            }
            again += before == null ? 0 : 1;
        }
        return again;
    }
}
