package io.dettrace.replay.programs;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One Condition serves readers and writers of a gate, and is signalled instead of signalled to all.
 *
 * <p>Source: the Condition form of notify for notifyAll; Goetz et al., Java Concurrency in Practice (2006), 14.2.4.
 */
public final class ConditionSwap {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();
    private static int stage;

    private ConditionSwap() {}

    public static void main(String[] args) throws InterruptedException {
        Thread opener = new Thread(() -> advance(0), "opener");
        Thread walker = new Thread(() -> advance(1), "walker");
        Thread closer = new Thread(() -> advance(2), "closer");
        opener.start(); // fault: begin
        walker.start();
        closer.start(); // fault: end
        opener.join();
        walker.join();
        closer.join();
        System.out.println("stage " + stage);
    }

    private static void advance(int mine) {
        LOCK.lock(); // fault: begin, intruder
        try {
            while (stage != mine) {
                CHANGED.awaitUninterruptibly(); // fault: end, intruder
            }
            stage = mine + 1;
            CHANGED.signal(); // fault: intruder
        } finally {
            LOCK.unlock();
        }
    }
}
