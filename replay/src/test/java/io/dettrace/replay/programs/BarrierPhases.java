package io.dettrace.replay.programs;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Three threads in four phases by a CyclicBarrier with an action; each phase sees the whole last one. */
public final class BarrierPhases {
    private static final int THREADS = 3;
    private static final int[] CELLS = {1, 2, 3};
    private static final int[] NEXT = new int[THREADS];

    private BarrierPhases() {}

    public static void main(String[] args) throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(THREADS, () -> {
            System.arraycopy(NEXT, 0, CELLS, 0, THREADS);
            System.out.println(CELLS[0] + " " + CELLS[1] + " " + CELLS[2]);
        });
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int me = i;
            threads[i] = new Thread(() -> work(barrier, me));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void work(CyclicBarrier barrier, int me) {
        try {
            for (int phase = 0; phase < 4; phase++) {
                NEXT[me] = CELLS[me] + CELLS[(me + 1) % THREADS];
                barrier.await();
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
