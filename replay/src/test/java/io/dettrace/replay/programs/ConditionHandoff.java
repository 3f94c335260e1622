package io.dettrace.replay.programs;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A one-place buffer by ReentrantLock and two conditions, with two producers and two consumers. */
public final class ConditionHandoff {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition full = lock.newCondition();
    private final Condition empty = lock.newCondition();
    private final StringBuilder passed = new StringBuilder();
    private Integer item;

    private ConditionHandoff() {}

    public static void main(String[] args) throws InterruptedException {
        ConditionHandoff buffer = new ConditionHandoff();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < 2; i++) {
            int side = i;
            threads[2 * i] = new Thread(() -> buffer.putAll(10 * side), "producer-" + i);
            threads[2 * i + 1] = new Thread(() -> buffer.takeAll("consumer-" + side), "consumer-" + i);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.print(buffer.passed);
    }

    private void putAll(int from) {
        for (int i = from; i < from + 3; i++) {
            lock.lock();
            try {
                while (item != null) {
                    empty.awaitUninterruptibly();
                }
                item = i;
                full.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private void takeAll(String name) {
        for (int i = 0; i < 3; i++) {
            lock.lock();
            try {
                while (item == null) {
                    full.awaitUninterruptibly();
                }
                passed.append(name).append(' ').append(item).append('\n');
                item = null;
                empty.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
