package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/** Two threads that count under a monitor and under a ReentrantLock, both shared. Argument: rounds. */
public final class KernelLocks {
    private static final int ROUNDS = 200_000;

    private final ReentrantLock lock = new ReentrantLock();
    private int monitored;
    private int locked;

    private KernelLocks() {}

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        KernelLocks cell = new KernelLocks();
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> cell.work(rounds), "worker-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(cell.monitored + " " + cell.locked);
    }

    private void work(int rounds) {
        for (int i = 0; i < rounds; i++) {
            synchronized (this) {
                monitored++;
            }
            if ((i & 1) == 0) {
                lock.lock();
                try {
                    locked++;
                } finally {
                    lock.unlock();
                }
            }
        }
    }
}
