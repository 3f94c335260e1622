package io.dettrace.replay.programs;

/**
 * Producers and consumers wait on one monitor and are awakened by notify, which may reach one of the wrong side.
 *
 * <p>Source: Lea, Concurrent Programming in Java (1999), 3.2.4; Carter, "Extreme programming challenge 14" (C2 wiki).
 */
public final class NotifyOne {
    private static final int ROUNDS = 3;

    private boolean full;
    private int passed;

    private NotifyOne() {}

    public static void main(String[] args) throws InterruptedException {
        NotifyOne cell = new NotifyOne();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            boolean producer = i % 2 == 0;
            threads[i] = new Thread(() -> cell.work(producer), (producer ? "producer-" : "consumer-") + i / 2);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("passed " + cell.passed);
    }

    private void work(boolean producer) {
        for (int i = 0; i < ROUNDS; i++) {
            step(producer);
        }
    }

    private synchronized void step(boolean producer) { // fault: begin, intruder
        while (full == producer) {
            try {
                wait(); // fault: end
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        full = producer;
        passed++;
        notify(); // fault: intruder
    }
}
