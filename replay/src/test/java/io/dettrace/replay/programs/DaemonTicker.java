package io.dettrace.replay.programs;

/** A daemon thread that ticks for ever beside a main thread that ends. */
public final class DaemonTicker {
    private static volatile int ticks;

    private DaemonTicker() {}

    public static void main(String[] args) throws InterruptedException {
        Thread ticker = new Thread(DaemonTicker::tick, "ticker");
        ticker.setDaemon(true);
        ticker.start();
        while (ticks < 3) {
            Thread.sleep(2);
        }
        System.out.println("at least three ticks, daemon " + ticker.isDaemon());
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private static void tick() {
        while (true) {
            ticks++;
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
