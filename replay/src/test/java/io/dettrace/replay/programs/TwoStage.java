package io.dettrace.replay.programs;

/**
 * Two values change under two locks, one after the other; a reader between the stages sees only the first.
 *
 * <p>Source: twostage of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014), "two-stage access" of Farchi et al. 2003.
 */
public final class TwoStage {
    private static final Object FIRST_LOCK = new Object();
    private static final Object SECOND_LOCK = new Object();
    private static int first;
    private static int second;

    private TwoStage() {}

    public static void main(String[] args) throws InterruptedException {
        Thread writer = new Thread(TwoStage::write, "writer");
        Thread reader = new Thread(TwoStage::read, "reader");
        writer.start();
        reader.start();
        writer.join();
        reader.join();
        System.out.println(first + " and " + second);
    }

    private static void write() {
        synchronized (FIRST_LOCK) {
            first = 1; // fault: begin
        }
        synchronized (SECOND_LOCK) {
            second = first + 1; // fault: end
        }
    }

    private static void read() {
        int one;
        synchronized (FIRST_LOCK) {
            one = first; // fault: intruder
        }
        if (one == 0) {
            return;
        }
        synchronized (SECOND_LOCK) {
            if (second != one + 1) { // fault: intruder
                throw new IllegalStateException("stage two is missing");
            }
        }
    }
}
