package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Four philosophers take the left fork first; forks are locks of a class of their own, so that the calls name that class.
 *
 * <p>Source: Dijkstra, "Hierarchical ordering of sequential processes", Acta Informatica 1, 1971.
 */
public final class ForksInherited {
    private static final int SEATS = 4;

    private static final class Fork extends ReentrantLock {
        private static final long serialVersionUID = 1L;
    }

    private ForksInherited() {}

    public static void main(String[] args) throws InterruptedException {
        Fork[] forks = new Fork[SEATS];
        for (int i = 0; i < SEATS; i++) {
            forks[i] = new Fork();
        }
        Thread[] philosophers = new Thread[SEATS];
        for (int i = 0; i < SEATS; i++) {
            Fork left = forks[i];
            Fork right = forks[(i + 1) % SEATS];
            philosophers[i] = new Thread(() -> dine(left, right), "philosopher-" + i);
            philosophers[i].start();
        }
        for (Thread philosopher : philosophers) {
            philosopher.join();
        }
        System.out.println("all have eaten");
    }

    private static void dine(Fork left, Fork right) {
        for (int meal = 0; meal < 2; meal++) {
            left.lock(); // fault: begin, intruder
            right.lock(); // fault: end
            right.unlock();
            left.unlock();
        }
    }
}
