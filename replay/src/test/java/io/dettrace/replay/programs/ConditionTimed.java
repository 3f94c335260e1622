package io.dettrace.replay.programs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** awaitNanos, await with a limit, tryLock with and without a limit, and lockInterruptibly. */
public final class ConditionTimed {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CONDITION = LOCK.newCondition();

    private ConditionTimed() {}

    public static void main(String[] args) throws InterruptedException {
        LOCK.lock();
        try {
            System.out.println("left over " + (CONDITION.awaitNanos(2_000_000) > 0));
            System.out.println("signalled " + CONDITION.await(2, TimeUnit.MILLISECONDS));
            Thread trier = new Thread(ConditionTimed::attempt, "trier");
            trier.start();
            trier.join();
            Thread waiter = new Thread(ConditionTimed::lockInterruptibly, "waiter");
            waiter.start();
            waiter.interrupt();
            waiter.join();
        } finally {
            LOCK.unlock();
        }
        System.out.println("free again " + LOCK.tryLock() + ", holds " + LOCK.getHoldCount());
    }

    private static void attempt() {
        try {
            System.out.println("tryLock " + LOCK.tryLock() + " " + LOCK.tryLock(3, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void lockInterruptibly() {
        try {
            LOCK.lockInterruptibly();
        } catch (InterruptedException e) {
            System.out.println("interrupted while locking");
        }
    }
}
