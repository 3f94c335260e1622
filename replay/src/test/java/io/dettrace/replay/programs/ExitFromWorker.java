package io.dettrace.replay.programs;

/** A worker calls System.exit with 7 while others still work and wait. */
public final class ExitFromWorker {
    private static final Object NEVER = new Object();

    private ExitFromWorker() {}

    public static void main(String[] args) throws InterruptedException {
        Thread waiter = new Thread(ExitFromWorker::await, "waiter");
        Thread worker = new Thread(
                () -> {
                    System.out.println("worker exits");
                    System.exit(7);
                },
                "worker");
        waiter.start();
        worker.start();
        worker.join();
        System.out.println("never reached");
    }

    private static void await() {
        synchronized (NEVER) {
            while (true) {
                try {
                    NEVER.wait();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }
}
