package io.dettrace.replay.programs;

/**
 * An order is delivered, or refunded after a time limit; both sides look at the other's flag before they act.
 *
 * <p>Source: timeout against completion, as in Davis et al., "Node.fz: fuzzing the server-side event-driven
 * architecture", EuroSys 2017.
 */
public final class CancelRace {
    private static final long LIMIT_NANOS = 20_000;

    private static volatile boolean delivered;
    private static volatile boolean refunded;

    private CancelRace() {}

    public static void main(String[] args) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        Thread courier = new Thread(CancelRace::deliver, "courier");
        Thread timeout = new Thread(() -> refund(deadline), "timeout");
        courier.start();
        timeout.start();
        courier.join();
        timeout.join();
        System.out.println(delivered ? "delivered" : "refunded");
        if (delivered && refunded) {
            throw new IllegalStateException("delivered and refunded");
        }
    }

    private static void deliver() {
        if (!refunded) { // fault: begin
            delivered = true; // fault: end, intruder
        }
    }

    private static void refund(long deadline) {
        while (System.nanoTime() - deadline < 0) {
            Thread.yield();
        }
        if (!delivered) { // fault: begin
            refunded = true; // fault: end, intruder
        }
    }
}
