package io.dettrace.replay.programs;

import java.util.HashSet;
import java.util.Set;

/**
 * The answer of HashSet.add decides who does a job; without a lock both threads are told that they were first.
 *
 * <p>Source: "test and set" with a plain set, after Lin, Dig, "Check-then-act misuse of Java concurrent collections", ICST 2013.
 */
public final class SetAddTwice {
    private static final Set<String> TAKEN = new HashSet<>();
    private static final int[] JOBS = new int[2];

    private SetAddTwice() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> take(0), "first");
        Thread second = new Thread(() -> take(1), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        if (JOBS[0] + JOBS[1] != 1) {
            throw new IllegalStateException("the job was done " + (JOBS[0] + JOBS[1]) + " times");
        }
        System.out.println("done once");
    }

    private static void take(int worker) {
        boolean mine = TAKEN.add("job"); // fault: begin, end, intruder
        if (mine) {
            JOBS[worker]++;
        }
    }
}
