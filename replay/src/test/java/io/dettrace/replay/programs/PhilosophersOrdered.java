package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/** Four dining philosophers who take the lower fork first; the order of the meals is printed. */
public final class PhilosophersOrdered {
    private static final int SEATS = 4;
    private static final ReentrantLock[] FORKS = new ReentrantLock[SEATS];
    private static final StringBuffer MEALS = new StringBuffer();

    private PhilosophersOrdered() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] philosophers = new Thread[SEATS];
        for (int i = 0; i < SEATS; i++) {
            FORKS[i] = new ReentrantLock();
        }
        for (int i = 0; i < SEATS; i++) {
            int seat = i;
            philosophers[i] = new Thread(() -> dine(seat));
            philosophers[i].start();
        }
        for (Thread philosopher : philosophers) {
            philosopher.join();
        }
        System.out.println(MEALS);
    }

    private static void dine(int seat) {
        int other = (seat + 1) % SEATS;
        ReentrantLock lower = FORKS[Math.min(seat, other)];
        ReentrantLock upper = FORKS[Math.max(seat, other)];
        for (int meal = 0; meal < 3; meal++) {
            lower.lock();
            upper.lock();
            try {
                MEALS.append(seat);
            } finally {
                upper.unlock();
                lower.unlock();
            }
        }
    }
}
