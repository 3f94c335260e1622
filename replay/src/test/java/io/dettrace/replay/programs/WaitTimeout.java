package io.dettrace.replay.programs;

/** Waits with a time limit: one that runs out, one that is notified, and one given in nanoseconds. */
public final class WaitTimeout {
    private static final Object MONITOR = new Object();
    private static boolean ready;

    private WaitTimeout() {}

    public static void main(String[] args) throws InterruptedException {
        synchronized (MONITOR) {
            MONITOR.wait(3);
            System.out.println("time ran out, ready " + ready);
            MONITOR.wait(1, 500_000);
        }
        Thread setter = new Thread(
                () -> {
                    synchronized (MONITOR) {
                        ready = true;
                        MONITOR.notify();
                    }
                },
                "setter");
        synchronized (MONITOR) {
            setter.start();
            while (!ready) {
                MONITOR.wait(60_000);
            }
            System.out.println("ready " + ready);
        }
        setter.join();
    }
}
