package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;

/** The atomic classes in three threads: counters, arrays, references, stamped and marked ones. */
public final class AtomicCounters {
    private static final AtomicInteger SUM = new AtomicInteger();
    private static final AtomicLong PRODUCT = new AtomicLong(1);
    private static final AtomicBoolean FIRST = new AtomicBoolean();
    private static final AtomicIntegerArray CELLS = new AtomicIntegerArray(3);
    private static final AtomicReference<String> PATH = new AtomicReference<>("");
    private static final AtomicStampedReference<String> STAMPED = new AtomicStampedReference<>("none", 0);
    private static final AtomicMarkableReference<String> MARKED = new AtomicMarkableReference<>("none", false);

    private AtomicCounters() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> work(me));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(SUM + " " + PRODUCT + " " + CELLS + " " + PATH);
        System.out.println(STAMPED.getReference() + " " + STAMPED.getStamp() + " " + MARKED.getReference());
    }

    private static void work(int me) {
        for (int i = 1; i <= 3; i++) {
            SUM.addAndGet(i);
            PRODUCT.updateAndGet(p -> p * 2);
            CELLS.incrementAndGet((me + i) % 3);
        }
        if (FIRST.compareAndSet(false, true)) {
            PATH.accumulateAndGet("first" + me, String::concat);
        }
        PATH.accumulateAndGet("/" + me, String::concat);
        int[] stamp = new int[1];
        String before = STAMPED.get(stamp);
        STAMPED.compareAndSet(before, "by " + me, stamp[0], stamp[0] + 1);
        MARKED.compareAndSet("none", "by " + me, false, true);
    }
}
