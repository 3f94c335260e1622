package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A lazily made singleton without a lock is made twice.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 2.2.2, LazyInitRace.
 */
public final class LazySingletonTwice {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static LazySingletonTwice instance;

    private LazySingletonTwice() {
        MADE.incrementAndGet();
    }

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(LazySingletonTwice::get, "first");
        Thread second = new Thread(LazySingletonTwice::get, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("made " + MADE);
        if (MADE.get() != 1) {
            throw new IllegalStateException("made " + MADE + " times");
        }
    }

    private static LazySingletonTwice get() {
        if (instance == null) { // fault: begin
            instance = new LazySingletonTwice(); // fault: end, intruder
        }
        return instance;
    }
}
