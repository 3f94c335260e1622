package io.dettrace.replay.programs;

import java.util.concurrent.Semaphore;

/**
 * A worker that finds the service closed after it took a permit returns without giving the permit back.
 *
 * <p>Source: resource leaks of JaConTeBe (Lin et al., ASE 2015; the pool of Apache DBCP among them).
 */
public final class PermitLeak {
    private static final Semaphore CONNECTIONS = new Semaphore(2);
    private static volatile boolean closed;
    private static volatile int served;

    private PermitLeak() {}

    public static void main(String[] args) throws InterruptedException {
        Thread worker = new Thread(PermitLeak::serve, "worker");
        Thread closer = new Thread(() -> closed = true, "closer"); // fault: intruder
        worker.start();
        closer.start();
        worker.join();
        closer.join();
        CONNECTIONS.acquire(2);
        System.out.println("served " + served);
    }

    private static void serve() {
        for (int i = 0; i < 2; i++) {
            if (closed) {
                return;
            }
            CONNECTIONS.acquireUninterruptibly(); // fault: begin
            if (closed) { // fault: end
                return;
            }
            served = served + 1;
            CONNECTIONS.release();
        }
    }
}
