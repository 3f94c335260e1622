package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/** Three threads over a fair ReentrantLock, held twice by each; the order is printed. */
public final class FairLock {
    private FairLock() {}

    public static void main(String[] args) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock(true);
        StringBuilder order = new StringBuilder();
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> {
                for (int round = 0; round < 3; round++) {
                    lock.lock();
                    lock.lock();
                    order.append(me);
                    lock.unlock();
                    lock.unlock();
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(order);
    }
}
