package io.dettrace.replay.programs;

/**
 * A queue waits on an inner monitor while its caller holds an outer one, which the producer needs to come in.
 *
 * <p>Source: Lea, Concurrent Programming in Java (1999), 3.3.4, nested monitor lockout.
 */
public final class NestedMonitorLockout {
    private static final Object OUTER = new Object();
    private static final Object INNER = new Object();
    private static boolean filled;

    private NestedMonitorLockout() {}

    public static void main(String[] args) throws InterruptedException {
        Thread producer = new Thread(NestedMonitorLockout::put, "producer");
        Thread consumer = new Thread(NestedMonitorLockout::take, "consumer");
        producer.start(); // fault: begin
        consumer.start();
        producer.join();
        consumer.join();
        System.out.println("taken");
    }

    private static void put() {
        synchronized (OUTER) { // fault: end
            synchronized (INNER) {
                filled = true;
                INNER.notifyAll();
            }
        }
    }

    private static void take() {
        synchronized (OUTER) { // fault: begin, intruder
            synchronized (INNER) {
                while (!filled) {
                    try {
                        INNER.wait(); // fault: end, intruder
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
    }
}
