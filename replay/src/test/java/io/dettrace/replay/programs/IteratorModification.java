package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;

/**
 * One thread walks through a plain list while another adds to it; the iterator fails.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 5.1.2, iterators and ConcurrentModificationException.
 */
public final class IteratorModification {
    private static final List<String> LISTENERS = new ArrayList<>(List.of("a", "b", "c"));
    private static volatile int told;

    private IteratorModification() {}

    public static void main(String[] args) throws InterruptedException {
        Thread publisher = new Thread(IteratorModification::publish, "publisher");
        Thread subscriber = new Thread(IteratorModification::subscribe, "subscriber");
        publisher.start();
        subscriber.start();
        publisher.join();
        subscriber.join();
        System.out.println("told " + told + " of " + LISTENERS.size());
    }

    private static void publish() {
        for (String listener : LISTENERS) { // fault: begin
            told += listener.length(); // fault: end
        }
    }

    private static void subscribe() {
        LISTENERS.add("d"); // fault: intruder
    }
}
