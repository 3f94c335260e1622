package io.dettrace.replay.programs;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A cache under a ReentrantReadWriteLock with a second look under the write lock and a downgrade. */
public final class ReadWriteCache {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Integer, String> cache = new HashMap<>();
    private int loads;

    private ReadWriteCache() {}

    public static void main(String[] args) throws InterruptedException {
        ReadWriteCache cache = new ReadWriteCache();
        String[] seen = new String[3];
        Thread[] threads = new Thread[seen.length];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> seen[me] = cache.get(1) + " " + cache.get(2), "reader-" + i);
            threads[i].start();
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            System.out.println(seen[i]);
        }
        System.out.println("loads " + cache.loads);
    }

    private String get(int key) {
        lock.readLock().lock();
        String known = cache.get(key);
        lock.readLock().unlock();
        if (known != null) {
            return known;
        }
        lock.writeLock().lock();
        if (!cache.containsKey(key)) {
            cache.put(key, "value " + key + " by " + Thread.currentThread().getName());
            loads++;
        }
        lock.readLock().lock();
        lock.writeLock().unlock();
        known = cache.get(key);
        lock.readLock().unlock();
        return known;
    }
}
