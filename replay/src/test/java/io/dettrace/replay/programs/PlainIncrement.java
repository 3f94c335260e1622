package io.dettrace.replay.programs;

/**
 * Two threads count with a plain {@code x++}: an update is lost when one runs between the other's read and write.
 *
 * <p>Source: the first example of every text on races; Goetz et al., Java Concurrency in Practice (2006), 1.3.1.
 */
public final class PlainIncrement {
    private static int hits;

    private PlainIncrement() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(PlainIncrement::count, "first");
        Thread second = new Thread(PlainIncrement::count, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("hits " + hits);
        if (hits != 6) {
            throw new IllegalStateException("an update was lost");
        }
    }

    private static void count() {
        for (int i = 0; i < 3; i++) {
            hits++; // fault: begin, end, intruder
        }
    }
}
