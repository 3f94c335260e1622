package io.dettrace.oracle.mine;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the fields that events may be taken together by: texts or whole numbers of which a run has several values, each with
 * several events of more than one kind, and none with most of the events. A state or a level has too few values for that, a
 * number that counts events too many.
 */
public final class KeyFields {
    /** Fields that are taken. */
    static final int MAX_FIELDS = 4;

    private static final int LEAST_VALUES = 3;

    /** A run has at least one value for so many events that have the field. */
    private static final int MOST_EVENTS_A_VALUE = 64;

    private KeyFields() {}

    private static final class Values {
        private final Map<String, Set<String>> kinds = new HashMap<>();
        private long events;
        private boolean other;

        double kindsEach() {
            return kinds.values().stream().mapToInt(Set::size).sum() / (double) kinds.size();
        }

        boolean isKey() {
            int n = kinds.size();
            return !other
                    && n >= LEAST_VALUES
                    && events >= 2L * n
                    && events <= (long) MOST_EVENTS_A_VALUE * n
                    && kindsEach() >= 1.5;
        }
    }

    /**
     * The fields, those that bring most kinds together first.
     *
     * @param runs the first events of each run
     * @param kind fields that say what happened
     * @param not fields that are no keys
     */
    public static List<String> infer(List<List<List<Field>>> runs, List<String> kind, Set<String> not) {
        Map<String, Double> fit = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, Values> fields = fields(runs.get(i), kind, not);
            fields.values().removeIf(v -> !v.isKey());
            if (i == 0) {
                fields.forEach((path, v) -> fit.put(path, v.kindsEach()));
            } else {
                fit.keySet().retainAll(fields.keySet());
            }
        }
        List<String> paths = new ArrayList<>(fit.keySet());
        paths.sort((a, b) -> Double.compare(fit.get(b), fit.get(a)));
        return paths.subList(0, Math.min(MAX_FIELDS, paths.size()));
    }

    private static Map<String, Values> fields(List<List<Field>> events, List<String> kind, Set<String> not) {
        Map<String, Values> fields = new LinkedHashMap<>();
        for (List<Field> event : events) {
            StringBuilder what = new StringBuilder();
            event.stream()
                    .filter(f -> kind.contains(f.path()))
                    .forEach(f -> what.append(f.text()).append(' '));
            for (Field f : event) {
                if (f.type() == Field.Type.NULL || kind.contains(f.path()) || not.contains(f.path())) {
                    continue;
                }
                Values v = fields.computeIfAbsent(f.path(), p -> new Values());
                v.events++;
                v.other |= f.type() == Field.Type.BOOLEAN
                        || f.type() == Field.Type.COMPOSITE
                        || f.type() == Field.Type.NUMBER && f.text().indexOf('.') >= 0;
                v.kinds.computeIfAbsent(f.text(), t -> new HashSet<>()).add(what.toString());
            }
        }
        return fields;
    }
}
