package io.dettrace.replay.programs;

import java.util.ArrayDeque;

/**
 * Two workers poll one ArrayDeque without a lock; both read the same head, and a job is done twice.
 *
 * <p>Source: the work queue of Peierls et al., "Java Concurrency in Practice", section 5.3, with a queue that is not for threads.
 */
public final class PolledTwice {
    private static final ArrayDeque<Integer> JOBS = new ArrayDeque<>();
    private static final int[] SUM = new int[2];

    private PolledTwice() {}

    public static void main(String[] args) throws InterruptedException {
        JOBS.add(1);
        JOBS.add(2);
        Thread first = new Thread(() -> work(0), "first");
        Thread second = new Thread(() -> work(1), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        if (SUM[0] + SUM[1] != 3) {
            throw new IllegalStateException("jobs worth 3 were done for " + (SUM[0] + SUM[1]));
        }
        System.out.println(SUM[0] + SUM[1]);
    }

    private static void work(int worker) {
        Integer job = JOBS.poll(); // fault: begin, end, intruder
        if (job != null) {
            SUM[worker] += job;
        }
    }
}
