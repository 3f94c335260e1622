package io.dettrace.replay.programs;

import java.util.concurrent.Semaphore;

/**
 * A permit is given back in a finally block even where it was not had: a third thread enters beside the first.
 *
 * <p>Source: the semaphore misuse of Farchi, Nir, Ur, "Concurrent bug patterns and how to test them", IPDPS 2003.
 */
public final class UnownedRelease {
    private static final Semaphore DOOR = new Semaphore(1);
    private static volatile int inside;

    private UnownedRelease() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] guests = new Thread[3];
        for (int i = 0; i < guests.length; i++) {
            guests[i] = new Thread(UnownedRelease::visit, "guest-" + i);
            guests[i].start();
        }
        for (Thread guest : guests) {
            guest.join();
        }
        System.out.println("inside " + inside);
    }

    private static void visit() {
        boolean entered = DOOR.tryAcquire();
        try {
            if (entered) {
                inside = inside + 1; // fault: begin, intruder
                if (inside != 1) { // fault: intruder
                    throw new IllegalStateException(inside + " are inside");
                }
                inside = inside - 1; // fault: end
            }
        } finally {
            DOOR.release(); // fault: intruder
        }
    }
}
