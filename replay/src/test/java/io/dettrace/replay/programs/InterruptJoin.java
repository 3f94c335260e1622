package io.dettrace.replay.programs;

/** A thread that joins another is interrupted, and joins again. */
public final class InterruptJoin {
    private static volatile boolean leave;

    private InterruptJoin() {}

    public static void main(String[] args) throws InterruptedException {
        Thread worker = new Thread(
                () -> {
                    while (!leave) {
                        Thread.yield();
                    }
                    System.out.println("worker leaves");
                },
                "worker");
        Thread joiner = new Thread(() -> join(worker), "joiner");
        worker.start();
        joiner.start();
        joiner.interrupt();
        joiner.join();
        System.out.println("joined");
    }

    private static void join(Thread worker) {
        try {
            worker.join();
        } catch (InterruptedException e) {
            System.out.println("interrupted while joining");
            leave = true;
            try {
                worker.join();
            } catch (InterruptedException again) {
                throw new IllegalStateException(again);
            }
        }
    }
}
