package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A range of two atomic bounds; each setter checks the other bound first, and both checks can pass before either set.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 4.3.3, NumberRange.
 */
public final class TwoAtomics {
    private static final AtomicInteger LOWER = new AtomicInteger(0);
    private static final AtomicInteger UPPER = new AtomicInteger(10);

    private TwoAtomics() {}

    public static void main(String[] args) throws InterruptedException {
        Thread raise = new Thread(() -> setLower(5), "raise");
        Thread cut = new Thread(() -> setUpper(4), "cut");
        raise.start();
        cut.start();
        raise.join();
        cut.join();
        System.out.println("range " + LOWER + " to " + UPPER);
        if (LOWER.get() > UPPER.get()) {
            throw new IllegalStateException("the range is empty");
        }
    }

    private static void setLower(int bound) {
        if (bound <= UPPER.get()) { // fault: begin
            LOWER.set(bound); // fault: end, intruder
        }
    }

    private static void setUpper(int bound) {
        if (bound >= LOWER.get()) { // fault: begin
            UPPER.set(bound); // fault: end, intruder
        }
    }
}
