package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Three philosophers, each taking the left fork first.
 *
 * <p>Source: Dijkstra, "Hierarchical ordering of sequential processes" (EWD 310, 1971).
 */
public final class PhilosophersDeadlock {
    private static final int SEATS = 3;
    private static final ReentrantLock[] FORKS = new ReentrantLock[SEATS];
    private static final int[] HELD = new int[SEATS];

    private PhilosophersDeadlock() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] philosophers = new Thread[SEATS];
        for (int i = 0; i < SEATS; i++) {
            int seat = i;
            FORKS[i] = new ReentrantLock();
            philosophers[i] = new Thread(() -> dine(seat), "philosopher-" + i);
        }
        for (Thread philosopher : philosophers) {
            philosopher.start();
        }
        for (Thread philosopher : philosophers) {
            philosopher.join();
        }
        System.out.println("all have eaten");
    }

    private static void dine(int seat) {
        ReentrantLock left = FORKS[seat];
        ReentrantLock right = FORKS[(seat + 1) % SEATS];
        for (int meal = 0; meal < 3; meal++) {
            left.lock(); // fault: begin, intruder
            HELD[seat] = 1;
            right.lock(); // fault: end
            HELD[seat] = 2;
            right.unlock();
            left.unlock();
            HELD[seat] = 0;
        }
    }
}
