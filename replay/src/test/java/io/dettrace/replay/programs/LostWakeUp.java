package io.dettrace.replay.programs;

/**
 * A consumer looks at the flag outside the lock; a notification between its look and its wait is lost for ever.
 *
 * <p>Source: Lu et al., ASPLOS 2008 (check and wait not atomic); Farchi, Nir, Ur, "Concurrent bug patterns and how to
 * test them", IPDPS 2003.
 */
public final class LostWakeUp {
    private static final Object MONITOR = new Object();
    private static volatile boolean ready;

    private LostWakeUp() {}

    public static void main(String[] args) throws InterruptedException {
        Thread consumer = new Thread(LostWakeUp::consume, "consumer");
        Thread producer = new Thread(LostWakeUp::produce, "producer");
        consumer.start();
        producer.start();
        consumer.join();
        producer.join();
        System.out.println("done");
    }

    private static void consume() {
        try {
            if (!ready) { // fault: begin
                synchronized (MONITOR) {
                    MONITOR.wait(); // fault: end
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void produce() {
        ready = true; // fault: intruder
        synchronized (MONITOR) {
            MONITOR.notify(); // fault: intruder
        }
    }
}
