package io.dettrace.replay.programs;

import java.util.HashMap;
import java.util.Map;

/**
 * Two threads put different keys into one HashMap without a lock; the keys fall into one bucket, and an entry is lost.
 *
 * <p>Source: the well-known HashMap race, here without the endless loop that it made before Java 8.
 */
public final class LostMapEntry {
    private static final Map<Integer, String> PRICES = new HashMap<>();

    private LostMapEntry() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> put(1), "first");
        Thread second = new Thread(() -> put(17), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        if (PRICES.get(1) == null || PRICES.get(17) == null) {
            throw new IllegalStateException("put 2, found " + PRICES);
        }
        System.out.println(PRICES.size());
    }

    private static void put(int key) {
        PRICES.put(key, "price"); // fault: begin, end, intruder
    }
}
