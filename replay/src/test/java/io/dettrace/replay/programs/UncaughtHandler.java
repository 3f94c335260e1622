package io.dettrace.replay.programs;

/** Threads that die by an exception: a handler of the thread and the default handler. */
public final class UncaughtHandler {
    private UncaughtHandler() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, error) -> System.out.println("default: " + thread.getName() + " " + error.getMessage()));
        Thread own = new Thread(() -> fail("one"), "own");
        own.setUncaughtExceptionHandler(
                (thread, error) -> System.out.println("own: " + thread.getName() + " " + error.getMessage()));
        Thread plain = new Thread(() -> fail("two"), "plain");
        for (Thread thread : new Thread[] {own, plain}) {
            thread.start();
            thread.join();
        }
        System.out.println("main goes on");
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }
}
