package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Two computeIfAbsent calls on one ConcurrentHashMap that need each other's key inside: each holds its bin.
 *
 * <p>Source: the note in the documentation of ConcurrentHashMap.computeIfAbsent; JDK-8062841 and its kin.
 */
public final class ComputeCrossing {
    private static final ConcurrentHashMap<String, Integer> SIZES = new ConcurrentHashMap<>();

    private ComputeCrossing() {}

    public static void main(String[] args) throws InterruptedException {
        compute("c", "d"); // links the code, so that a plain JVM rarely fails
        Thread first = new Thread(() -> compute("a", "b"), "first");
        Thread second = new Thread(() -> compute("b", "a"), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println(SIZES.get("a") + " and " + SIZES.get("b"));
    }

    private static void compute(String key, String part) {
        SIZES.computeIfAbsent(key, k -> 1 + sizeOf(part)); // fault: begin, intruder
    }

    private static int sizeOf(String part) {
        return SIZES.computeIfAbsent(part, k -> 10); // fault: end
    }
}
