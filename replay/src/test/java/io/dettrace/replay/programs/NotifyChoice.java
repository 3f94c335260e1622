package io.dettrace.replay.programs;

/** Four threads wait in one wait set; notify awakens them one by one, in an order that is a choice. */
public final class NotifyChoice {
    private static final Object MONITOR = new Object();
    private static final StringBuilder ORDER = new StringBuilder();
    private static int waiting;
    private static int permits;

    private NotifyChoice() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> await(me), "waiter-" + i);
            threads[i].start();
        }
        for (int woken = 0; woken < threads.length; ) {
            synchronized (MONITOR) {
                if (waiting == threads.length - woken && permits == 0) {
                    permits = 1;
                    MONITOR.notify();
                    woken++;
                }
            }
            Thread.yield();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("order " + ORDER);
    }

    private static void await(int me) {
        synchronized (MONITOR) {
            waiting++;
            while (permits == 0) {
                try {
                    MONITOR.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            permits--;
            waiting--;
            ORDER.append(me);
        }
    }
}
