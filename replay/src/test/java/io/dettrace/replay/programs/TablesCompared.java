package io.dettrace.replay.programs;

import java.util.Hashtable;
import java.util.Map;

/** Two threads compare two tables, each from its own side: equals holds one table's lock and asks the other. */
public final class TablesCompared {
    private static final Map<String, Integer> OLD = new Hashtable<>(Map.of("a", 1, "b", 2));
    private static final Map<String, Integer> NEW = new Hashtable<>(Map.of("a", 1, "b", 3));

    private TablesCompared() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> compare(OLD, NEW), "first");
        Thread second = new Thread(() -> compare(NEW, OLD), "second");
        first.start();
        second.start();
        first.join();
        second.join();
    }

    private static void compare(Map<String, Integer> one, Map<String, Integer> other) {
        boolean same = one.equals(other); // fault: begin, end, intruder
        System.out.println(same ? "the same" : "different");
    }
}
