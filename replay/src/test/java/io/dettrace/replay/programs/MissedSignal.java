package io.dettrace.replay.programs;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The main thread waits for a signal without a state to go with it; a signal given before the wait is missed.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 14.2.3, missed signals.
 */
public final class MissedSignal {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition STARTED = LOCK.newCondition();

    private MissedSignal() {}

    public static void main(String[] args) throws InterruptedException {
        Thread service = new Thread(MissedSignal::startUp, "service");
        service.start(); // fault: begin
        LOCK.lock();
        try {
            STARTED.await(); // fault: end
        } finally {
            LOCK.unlock();
        }
        service.join();
        System.out.println("started");
    }

    private static void startUp() {
        LOCK.lock(); // fault: intruder
        try {
            STARTED.signalAll(); // fault: intruder
        } finally {
            LOCK.unlock();
        }
    }
}
