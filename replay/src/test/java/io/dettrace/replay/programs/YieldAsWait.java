package io.dettrace.replay.programs;

/**
 * A test yields once and trusts that the worker is done by then.
 *
 * <p>Source: the "async wait" flaky tests of Luo et al., FSE 2014.
 */
public final class YieldAsWait {
    private static volatile int progress;

    private YieldAsWait() {}

    public static void main(String[] args) throws InterruptedException {
        Thread worker = new Thread(YieldAsWait::work, "worker");
        worker.start();
        for (int i = 0; i < 1000 && progress < 2; i++) {
            if (progress > 0) {
                break; // some progress is taken for all of it
            }
            Thread.yield();
        }
        int seen = progress; // fault: intruder
        worker.join();
        System.out.println("progress " + seen);
        if (seen == 1) {
            throw new AssertionError("the worker was half done");
        }
    }

    private static void work() {
        progress = 1; // fault: begin
        progress = 2; // fault: end
    }
}
