package io.dettrace.replay.programs;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Two locks taken in opposite order by tryLock, with a random pause after a failure. */
public final class BackoffLocks {
    private static final ReentrantLock A = new ReentrantLock();
    private static final ReentrantLock B = new ReentrantLock();
    private static int done;

    private BackoffLocks() {}

    public static void main(String[] args) throws InterruptedException {
        Thread there = new Thread(() -> work(A, B), "there");
        Thread back = new Thread(() -> work(B, A), "back");
        there.start();
        back.start();
        there.join();
        back.join();
        System.out.println("done " + done);
    }

    private static void work(ReentrantLock first, ReentrantLock second) {
        for (int i = 0; i < 3; i++) {
            while (!both(first, second)) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(1_000, 200_000));
            }
        }
    }

    private static boolean both(ReentrantLock first, ReentrantLock second) {
        if (!first.tryLock()) {
            return false;
        }
        try {
            if (!second.tryLock()) {
                return false;
            }
            done++;
            second.unlock();
            return true;
        } finally {
            first.unlock();
        }
    }
}
