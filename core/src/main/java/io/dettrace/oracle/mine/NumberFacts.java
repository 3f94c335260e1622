package io.dettrace.oracle.mine;

import io.dettrace.event.Field;
import io.dettrace.oracle.rules.Decimals;
import io.dettrace.oracle.rules.Observation;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one run says of its numbers: their range by kind, and whether they go back within a scope. */
final class NumberFacts {
    /** Fields, by kind, that are looked at. */
    static final int MAX_FIELDS = 1_000;

    /** The range of a field in events of one kind. */
    static final class Range {
        long n;
        BigDecimal low;
        BigDecimal high;
    }

    /** How a field goes on within a scope. */
    static final class Course {
        long n;
        boolean back;
        boolean same;
        BigDecimal step;
        boolean steps = true;
        private final Map<String, BigDecimal> last = new HashMap<>();
    }

    /** By kind and field. */
    final Map<List<String>, Range> ranges = new TreeMap<>(NumberFacts::compare);

    /** By the scope's number and field. */
    final Map<List<String>, Course> courses = new TreeMap<>(NumberFacts::compare);

    private final Set<String> not;

    NumberFacts(Set<String> not) {
        this.not = not;
    }

    private static int compare(List<String> a, List<String> b) {
        int first = a.get(0).compareTo(b.get(0));
        return first != 0 ? first : a.get(1).compareTo(b.get(1));
    }

    /** @param keys of the event in each scope, null where it has none */
    void take(Observation event, List<Field> fields, String[] keys) {
        for (Field f : fields) {
            BigDecimal value =
                    f.type() == Field.Type.NUMBER && !not.contains(f.path()) ? Decimals.parse(f.text()) : null;
            if (value == null) {
                continue;
            }
            Range range = of(ranges, List.of(event.kind(), f.path()), new Range());
            if (range != null) {
                range.n++;
                range.low = range.low == null ? value : range.low.min(value);
                range.high = range.high == null ? value : range.high.max(value);
            }
            for (int i = 0; i < keys.length; i++) {
                Course course =
                        keys[i] == null ? null : of(courses, List.of(Integer.toString(i), f.path()), new Course());
                if (course != null) {
                    goOn(course, keys[i], value);
                }
            }
        }
    }

    private static <T> T of(Map<List<String>, T> all, List<String> name, T fresh) {
        T known = all.get(name);
        if (known == null && all.size() < MAX_FIELDS) {
            all.put(name, fresh);
            return fresh;
        }
        return known;
    }

    private static void goOn(Course c, String key, BigDecimal value) {
        if (c.back) {
            return;
        }
        BigDecimal before = c.last.put(key, value);
        if (before == null) {
            c.back = c.last.size() > Traces.MAX_KEYS;
            return;
        }
        c.n++;
        BigDecimal step = value.subtract(before);
        c.back = step.signum() < 0;
        c.same |= step.signum() == 0;
        c.steps &= c.step == null || c.step.compareTo(step) == 0;
        c.step = step;
        if (c.back) {
            c.last.clear();
        }
    }
}
