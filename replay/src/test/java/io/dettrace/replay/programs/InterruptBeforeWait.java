package io.dettrace.replay.programs;

/** A thread interrupts itself, then waits, sleeps and joins: each call fails at once. */
public final class InterruptBeforeWait {
    private interface Blocking {
        void call() throws InterruptedException;
    }

    private InterruptBeforeWait() {}

    public static void main(String[] args) throws InterruptedException {
        Object monitor = new Object();
        Thread other = new Thread(() -> System.out.println("other"), "other");
        attempt("wait", () -> {
            synchronized (monitor) {
                monitor.wait();
            }
        });
        attempt("timed wait", () -> {
            synchronized (monitor) {
                monitor.wait(60_000);
            }
        });
        attempt("sleep", () -> Thread.sleep(60_000));
        attempt("join", () -> Thread.currentThread().join());
        other.start();
        other.join();
    }

    private static void attempt(String name, Blocking call) {
        Thread.currentThread().interrupt();
        try {
            call.call();
            System.out.println(name + " returned");
        } catch (InterruptedException e) {
            System.out.println(
                    name + " interrupted, status " + Thread.currentThread().isInterrupted());
        }
    }
}
