package io.dettrace.replay.programs;

/** Two shutdown hooks, one waiting for the other, after a main thread that returns. */
public final class ShutdownHooks {
    private ShutdownHooks() {}

    public static void main(String[] args) {
        Thread first = new Thread(() -> System.out.println("hook one"), "hook-one");
        Thread second = new Thread(
                () -> {
                    try {
                        first.join();
                        System.out.println("hook two");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "hook-two");
        Runtime.getRuntime().addShutdownHook(first);
        Runtime.getRuntime().addShutdownHook(second);
        System.out.println("main returns");
    }
}
