package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/** Virtual threads over a ReentrantLock; the order in which they came in is printed. JDK 21 or newer. */
public final class VirtualLocks {
    private VirtualLocks() {}

    public static void main(String[] args) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        StringBuilder order = new StringBuilder();
        Thread[] threads = new Thread[5];
        for (int i = 0; i < threads.length; i++) {
            char name = (char) ('a' + i);
            threads[i] = Jdk21.startVirtual("virtual-" + i, () -> {
                for (int round = 0; round < 3; round++) {
                    lock.lock();
                    try {
                        order.append(name);
                    } finally {
                        lock.unlock();
                    }
                    Thread.yield();
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(order);
    }
}
