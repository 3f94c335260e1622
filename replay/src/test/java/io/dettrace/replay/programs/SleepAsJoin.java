package io.dettrace.replay.programs;

/**
 * The program sleeps for as long as its worker surely needs, in place of a join; the worker needs longer.
 *
 * <p>Source: "asynchronous wait", the most frequent cause in Luo et al., "An empirical analysis of flaky tests", FSE 2014.
 */
public final class SleepAsJoin {
    private static int total;

    private SleepAsJoin() {}

    public static void main(String[] args) throws InterruptedException {
        Thread worker = new Thread(SleepAsJoin::add, "worker");
        worker.start();
        Thread.sleep(100);
        int seen = total; // fault: intruder
        worker.join();
        if (seen != 10) {
            throw new IllegalStateException("expected 10, found " + seen);
        }
        System.out.println(seen);
    }

    private static void add() {
        for (int i = 1; i <= 4; i++) {
            total += i; // fault: begin, end
        }
    }
}
