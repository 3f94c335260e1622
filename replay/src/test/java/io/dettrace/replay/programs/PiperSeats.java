package io.dettrace.replay.programs;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A slot whose producers wait with {@code if}: one that was signalled finds the slot filled again by another.
 *
 * <p>Source: the piper program of the IBM concurrency benchmark (Eytani, Ur, IPDPS 2004), with a Condition.
 */
public final class PiperSeats {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition EMPTIED = LOCK.newCondition();
    private static final Condition FILLED = LOCK.newCondition();
    private static boolean full;
    private static int carried;

    private PiperSeats() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> fill(2), "first");
        Thread carrier = new Thread(() -> carry(3), "carrier");
        Thread second = new Thread(() -> fill(1), "second");
        first.start();
        carrier.start();
        second.start();
        first.join();
        carrier.join();
        second.join();
        System.out.println("carried " + carried);
    }

    private static void fill(int seats) {
        for (int i = 0; i < seats; i++) {
            LOCK.lock();
            try {
                if (full) { // fault: begin
                    EMPTIED.awaitUninterruptibly();
                }
                if (full) { // fault: end
                    throw new IllegalStateException("the seat is taken");
                }
                full = true; // fault: intruder
                FILLED.signal();
            } finally {
                LOCK.unlock();
            }
        }
    }

    private static void carry(int seats) {
        for (int i = 0; i < seats; i++) {
            LOCK.lock();
            try {
                while (!full) {
                    FILLED.awaitUninterruptibly();
                }
                full = false;
                carried++;
                EMPTIED.signal();
            } finally {
                LOCK.unlock();
            }
        }
    }
}
