package io.dettrace.replay.programs;

/**
 * Three threads under one lock, right in itself: the third fails if it runs after the other two. It does so under the
 * schedule that never interrupts, and passes under others.
 *
 * <p>Source: lazy01 of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014).
 */
public final class LazyOrder {
    private static final Object LOCK = new Object();
    private static int data;

    private LazyOrder() {}

    public static void main(String[] args) throws InterruptedException {
        Thread one = new Thread(() -> add(1), "one");
        Thread two = new Thread(() -> add(2), "two");
        Thread check = new Thread(LazyOrder::check, "check");
        one.start(); // fault: begin
        two.start();
        check.start();
        one.join();
        two.join();
        check.join();
        System.out.println("data " + data);
    }

    private static void add(int amount) {
        synchronized (LOCK) {
            data += amount; // fault: intruder
        }
    }

    private static void check() {
        synchronized (LOCK) {
            if (data >= 3) { // fault: end
                throw new IllegalStateException("data is " + data);
            }
        }
    }
}
