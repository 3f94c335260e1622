package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache whose entries expire, with a daemon sweeper and two readers; the loads are counted. */
public final class ExpiringCache {
    private static final long LIFE = TimeUnit.MILLISECONDS.toNanos(4);

    private static final class Entry {
        private final String value;
        private final long until;

        private Entry(String value, long until) {
            this.value = value;
            this.until = until;
        }
    }

    private final ConcurrentHashMap<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    private ExpiringCache() {}

    public static void main(String[] args) throws InterruptedException {
        ExpiringCache cache = new ExpiringCache();
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sweeper");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleAtFixedRate(cache::sweep, 3, 3, TimeUnit.MILLISECONDS);
        Thread[] readers = new Thread[2];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new Thread(cache::read, "reader-" + i);
            readers[i].start();
        }
        for (Thread reader : readers) {
            reader.join();
        }
        System.out.println("expired " + (cache.loads.get() > 2) + ", loads " + cache.loads);
        sweeper.shutdownNow();
    }

    private void read() {
        for (int i = 0; i < 8; i++) {
            get(i % 2);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String get(int key) {
        return entries.compute(key, (k, old) -> {
                    if (old != null && old.until - System.nanoTime() > 0) {
                        return old;
                    }
                    return new Entry("load " + loads.incrementAndGet(), System.nanoTime() + LIFE);
                })
                .value;
    }

    private void sweep() {
        long now = System.nanoTime();
        entries.values().removeIf(entry -> entry.until - now <= 0);
    }
}
