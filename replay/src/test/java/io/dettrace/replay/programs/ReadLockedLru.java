package io.dettrace.replay.programs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A cache in order of access is read under the read lock; but get moves the entry to the end, which is a write.
 *
 * <p>Source: the Java API of LinkedHashMap, "merely querying the map with get is a structural modification".
 */
public final class ReadLockedLru {
    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();
    private static final Cache CACHE = new Cache();

    private ReadLockedLru() {}

    /** A map in order of access. */
    private static final class Cache extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1;

        Cache() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > 3;
        }
    }

    public static void main(String[] args) throws InterruptedException {
        CACHE.put("a", 1);
        CACHE.put("b", 2);
        CACHE.put("c", 3);
        Thread first = new Thread(() -> read("a"), "first");
        Thread second = new Thread(() -> read("b"), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        int entries = 0;
        for (String key : CACHE.keySet()) {
            entries += key.length();
        }
        if (entries != 3) {
            throw new IllegalStateException("3 entries are in the table, and " + entries + " in the order");
        }
        System.out.println(entries);
    }

    private static void read(String key) {
        LOCK.readLock().lock();
        try {
            CACHE.get(key); // fault: begin, end, intruder
        } finally {
            LOCK.readLock().unlock();
        }
    }
}
