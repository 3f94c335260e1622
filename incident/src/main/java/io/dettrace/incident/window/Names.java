package io.dettrace.incident.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for names, from 0 in the order of their first use; the two windows of a comparison share one. */
public final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** No names yet. */
    public Names() {}

    /** The number of a name, a new one if it has none. */
    public int of(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        numbers.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /** The name of a number. */
    public String get(int number) {
        return names.get(number);
    }

    /** How many names there are. */
    public int size() {
        return names.size();
    }
}
