package io.dettrace.replay.programs;

/**
 * A barrier of one's own that the last to arrive sets back: one who enters the next round before the others have left
 * the last makes the count wrong for ever.
 *
 * <p>Source: Downey, The Little Book of Semaphores (2016), 3.7, reusable barrier, first non-solution.
 */
public final class BarrierReuse {
    private static final int PARTIES = 2;

    private int arrived;
    private int rounds;

    private BarrierReuse() {}

    public static void main(String[] args) throws InterruptedException {
        BarrierReuse barrier = new BarrierReuse();
        Thread steady = new Thread(() -> barrier.work(2), "steady");
        Thread early = new Thread(() -> barrier.work(1), "early");
        Thread late = new Thread(() -> barrier.work(1), "late");
        steady.start();
        early.start();
        early.join();
        late.start(); // fault: begin
        steady.join(); // fault: end
        late.join();
        System.out.println("rounds " + barrier.rounds);
    }

    private void work(int times) {
        for (int i = 0; i < times; i++) {
            await();
        }
    }

    private synchronized void await() {
        arrived++; // fault: intruder
        if (arrived == PARTIES) {
            rounds++;
            arrived = 0;
            notifyAll();
            return;
        }
        while (arrived != 0) { // fault: begin
            try {
                wait(); // fault: end
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
