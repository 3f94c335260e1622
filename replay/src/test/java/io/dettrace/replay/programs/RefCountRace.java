package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reference count is decreased and asked in two steps; two threads see zero, and the object is freed twice.
 *
 * <p>Source: Apache httpd bug 21287 (mod_mem_cache), in Lu et al., ASPLOS 2008.
 */
public final class RefCountRace {
    private static final AtomicInteger REFERENCES = new AtomicInteger(2);
    private static final AtomicInteger FREED = new AtomicInteger();

    private RefCountRace() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(RefCountRace::drop, "first");
        Thread second = new Thread(RefCountRace::drop, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("freed " + FREED);
    }

    private static void drop() {
        REFERENCES.decrementAndGet(); // fault: begin, intruder
        if (REFERENCES.get() == 0 && FREED.incrementAndGet() > 1) { // fault: end, intruder
            throw new IllegalStateException("freed twice");
        }
    }
}
