package io.dettrace.server.live;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers for the names that held requests use. Bounded in number and length, so that span names which hold identifiers cannot
 * fill the memory: a name beyond the bound is {@link #OTHER}. Numbers of names that nothing uses any more are given anew.
 */
final class Symbols {
    /** What stands for names beyond the bound. */
    static final String OTHER = "(other)";

    /** Characters of a name; longer ones are cut. */
    static final int MAX_LENGTH = 512;

    private final int max;
    private final Map<String, Integer> numbers = new HashMap<>();
    private String[] names = new String[64];
    private int next;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private long refused;

    /** At most {@code max} names. */
    Symbols(int max) {
        this.max = max;
        put(OTHER);
    }

    /** The number of a name, a new one if it has none. */
    int of(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (name.length() > MAX_LENGTH) {
            return of(name.substring(0, MAX_LENGTH));
        }
        if (numbers.size() >= max) {
            refused++;
            return 0;
        }
        return put(name);
    }

    private int put(String name) {
        int number = free.isEmpty() ? next++ : free.pop();
        if (number >= names.length) {
            names = Arrays.copyOf(names, 2 * names.length);
        }
        names[number] = name;
        numbers.put(name, number);
        return number;
    }

    String get(int number) {
        return names[number];
    }

    /** Names by number as they are now; later changes do not show. */
    String[] copy() {
        return Arrays.copyOf(names, next);
    }

    int size() {
        return numbers.size();
    }

    /** Takes names as {@link #copy} gave them, in place of all that are here. */
    void restore(String[] stored) {
        numbers.clear();
        free.clear();
        names = Arrays.copyOf(stored, Math.max(64, stored.length));
        next = stored.length;
        for (int i = next - 1; i >= 0; i--) {
            if (names[i] == null) {
                free.push(i);
            } else {
                numbers.put(names[i], i);
            }
        }
    }

    /** How often a name was asked for that found no place. */
    long refused() {
        return refused;
    }

    /** Forgets all names but these. */
    void keepOnly(BitSet used) {
        for (int i = 1; i < next; i++) {
            if (names[i] != null && !used.get(i)) {
                numbers.remove(names[i]);
                names[i] = null;
                free.push(i);
            }
        }
    }
}
