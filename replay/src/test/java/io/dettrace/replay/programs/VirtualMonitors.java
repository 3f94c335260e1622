package io.dettrace.replay.programs;

/** Virtual threads that wait on a monitor beside a platform thread that notifies. JDK 21 or newer. */
public final class VirtualMonitors {
    private static final Object MONITOR = new Object();
    private static int tokens;
    private static final StringBuilder ORDER = new StringBuilder();

    private VirtualMonitors() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] takers = new Thread[3];
        for (int i = 0; i < takers.length; i++) {
            int me = i;
            takers[i] = Jdk21.startVirtual("taker-" + i, () -> take(me));
        }
        Thread giver = new Thread(VirtualMonitors::give, "giver");
        giver.start();
        giver.join();
        for (Thread taker : takers) {
            taker.join();
        }
        System.out.println("order " + ORDER + ", tokens " + tokens);
    }

    private static void take(int me) {
        synchronized (MONITOR) {
            while (tokens == 0) {
                try {
                    MONITOR.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            tokens--;
            ORDER.append(me);
        }
    }

    private static void give() {
        for (int i = 0; i < 3; i++) {
            synchronized (MONITOR) {
                tokens++;
                MONITOR.notify();
            }
        }
    }
}
