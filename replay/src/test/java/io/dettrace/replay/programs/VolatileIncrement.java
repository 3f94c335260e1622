package io.dettrace.replay.programs;

/**
 * A volatile counter is increased by two threads: visible at once, and still not atomic.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 3.1.4, volatile is not enough for count++.
 */
public final class VolatileIncrement {
    private volatile long tickets;

    private VolatileIncrement() {}

    public static void main(String[] args) throws InterruptedException {
        VolatileIncrement counter = new VolatileIncrement();
        Thread first = new Thread(counter::sell, "first");
        Thread second = new Thread(counter::sell, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("tickets " + counter.tickets);
        if (counter.tickets != 2) {
            throw new AssertionError("a ticket was lost");
        }
    }

    private void sell() {
        long before = tickets; // fault: begin
        tickets = before + 1; // fault: end, intruder
    }
}
