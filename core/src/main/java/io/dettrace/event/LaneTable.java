package io.dettrace.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lanes of one pass over a run: name to number and back. Numbers follow the first appearance in that pass and never
 * reach the output; names do.
 *
 * <p>Thread-safe: a reader adds lanes while a consumer on another thread looks up names.
 */
public final class LaneTable {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<Integer, Integer> homes = new HashMap<>();
    private final Set<Integer> made = new HashSet<>();

    /** The number of the lane called {@code name}, which is added if it is new. */
    public synchronized int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size();
        numbers.put(name, number);
        names.add(name);
        return number;
    }

    /**
     * The number of the lane called {@code name}, which holds events of lane {@code home} whose order to the others of it
     * matters only where links say so.
     */
    public synchronized int numberBeside(int home, String name) {
        int number = number(name);
        homes.put(number, home);
        made.add(number);
        return number;
    }

    /** The number of the lane called {@code name}, which holds events whose lane does not matter. */
    public synchronized int numberOfAnyLane(String name) {
        int number = number(name);
        made.add(number);
        return number;
    }

    /** True for a lane that the run itself does not have: one beside another, or one for events of any lane. */
    public synchronized boolean isMade(int number) {
        return made.contains(number);
    }

    /** The lane beside which lane {@code number} is, or that lane itself. */
    public synchronized int home(int number) {
        return homes.getOrDefault(number, number);
    }

    /** The name of lane {@code number}. */
    public synchronized String name(int number) {
        return names.get(number);
    }

    /** How many lanes there are. */
    public synchronized int size() {
        return names.size();
    }
}
