package io.dettrace.replay.programs;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Five threads through a semaphore of two permits, and a tryAcquire that runs out of time. */
public final class SemaphoreGate {
    private SemaphoreGate() {}

    public static void main(String[] args) throws InterruptedException {
        Semaphore gate = new Semaphore(2);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StringBuffer order = new StringBuffer();
        Thread[] threads = new Thread[5];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> {
                gate.acquireUninterruptibly();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                order.append(me);
                inside.decrementAndGet();
                gate.release();
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("order " + order + ", most inside " + most);
        gate.acquire(2);
        System.out.println("third " + gate.tryAcquire(2, TimeUnit.MILLISECONDS) + ", drained " + gate.drainPermits());
    }
}
