package io.dettrace.replay.programs;

import java.util.Vector;

/**
 * Two threads ask a Vector, which is synchronized, whether it is empty, and then remove the last element.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 5.1.1, getLast and deleteLast.
 */
public final class PeekThenPop {
    private static final Vector<String> JOBS = new Vector<>();

    private PeekThenPop() {}

    public static void main(String[] args) throws InterruptedException {
        JOBS.add("print");
        Thread first = new Thread(PeekThenPop::take, "first");
        Thread second = new Thread(PeekThenPop::take, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("left " + JOBS);
    }

    private static void take() {
        if (!JOBS.isEmpty()) { // fault: begin
            JOBS.remove(JOBS.size() - 1); // fault: end, intruder
        }
    }
}
