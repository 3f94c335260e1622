package io.dettrace.replay.programs;

import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** ConcurrentHashMap from three threads: compute, computeIfAbsent, merge, putIfAbsent, replace and a bulk operation. */
public final class MapCompute {
    private static final ConcurrentHashMap<String, Integer> COUNTS = new ConcurrentHashMap<>();
    private static final ConcurrentHashMap<String, String> FIRST = new ConcurrentHashMap<>();

    private MapCompute() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> count("thread-" + me), "thread-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(new TreeMap<>(COUNTS));
        System.out.println(new TreeMap<>(FIRST));
        System.out.println("sum " + COUNTS.reduceValues(1, Integer::sum));
    }

    private static void count(String name) {
        for (String word : "one two three two one two".split(" ")) {
            COUNTS.merge(word, 1, Integer::sum);
            FIRST.computeIfAbsent(word, w -> name);
        }
        COUNTS.compute("calls", (key, value) -> value == null ? 1 : value + 1);
        COUNTS.computeIfPresent("three", (key, value) -> value + 10);
        FIRST.putIfAbsent("end", name);
        FIRST.replace("end", name, name + "!");
    }
}
