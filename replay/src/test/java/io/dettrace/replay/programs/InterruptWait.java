package io.dettrace.replay.programs;

/** Two threads wait on a monitor; one is interrupted, the other notified. */
public final class InterruptWait {
    private static final Object MONITOR = new Object();
    private static boolean open;

    private InterruptWait() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> await("first"), "first");
        Thread second = new Thread(() -> await("second"), "second");
        first.start();
        second.start();
        first.interrupt();
        first.join();
        synchronized (MONITOR) {
            open = true;
            MONITOR.notifyAll();
        }
        second.join();
    }

    private static void await(String name) {
        synchronized (MONITOR) {
            try {
                while (!open) {
                    MONITOR.wait();
                }
                System.out.println(name + " saw the gate open");
            } catch (InterruptedException e) {
                System.out.println(name + " was interrupted");
            }
        }
    }
}
