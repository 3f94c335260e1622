package io.dettrace.replay.programs;

/**
 * A setter writes two fields that must be both old or both new; a checker reads them in between.
 *
 * <p>Source: reorder_3 of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014).
 */
public final class ReorderPair {
    private static int a;
    private static int b;

    private ReorderPair() {}

    public static void main(String[] args) throws InterruptedException {
        Thread setter = new Thread(ReorderPair::set, "setter");
        Thread checker = new Thread(ReorderPair::check, "checker");
        setter.start();
        checker.start();
        setter.join();
        checker.join();
        System.out.println(a + " and " + b);
    }

    private static void set() {
        a = 1; // fault: begin
        b = -1; // fault: end
    }

    private static void check() {
        int seenA = a; // fault: intruder
        int seenB = b; // fault: intruder
        if (seenA + seenB != 0) {
            throw new AssertionError(seenA + " and " + seenB);
        }
    }
}
