package io.dettrace.replay.programs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A client asks whether the pool is shut down before it submits; the pool may be shut down in between.
 *
 * <p>Source: check-then-act on executors, frequent in issue trackers; the rejection is the uncaught failure.
 */
public final class SubmitAfterShutdown {
    private static final ExecutorService POOL = Executors.newSingleThreadExecutor();

    private SubmitAfterShutdown() {}

    public static void main(String[] args) throws InterruptedException {
        Thread client = new Thread(SubmitAfterShutdown::send, "client");
        Thread admin = new Thread(POOL::shutdown, "admin"); // fault: intruder
        client.start();
        admin.start();
        client.join();
        admin.join();
        System.out.println("closed");
    }

    private static void send() {
        if (!POOL.isShutdown()) { // fault: begin
            POOL.execute(() -> System.out.println("sent")); // fault: end
        }
    }
}
