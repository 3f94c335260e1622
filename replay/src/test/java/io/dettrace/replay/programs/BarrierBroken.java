package io.dettrace.replay.programs;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A barrier that is broken by a time limit, seen as broken by the other, and reset. */
public final class BarrierBroken {
    private BarrierBroken() {}

    public static void main(String[] args) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        String[] seen = new String[1];
        Thread other = new Thread(
                () -> {
                    try {
                        barrier.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        seen[0] = e.getClass().getSimpleName();
                    }
                },
                "other");
        other.start();
        try {
            barrier.await(3, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            System.out.println("time ran out, broken " + barrier.isBroken());
        }
        other.join();
        barrier.reset();
        System.out.println("other saw " + seen[0] + ", broken " + barrier.isBroken());
    }
}
