package io.dettrace.replay.programs;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** LongAdder, LongAccumulator and DoubleAdder, whose cells depend on how threads collide. */
public final class AdderTotals {
    private AdderTotals() {}

    public static void main(String[] args) throws InterruptedException {
        LongAdder sum = new LongAdder();
        LongAccumulator most = new LongAccumulator(Math::max, Long.MIN_VALUE);
        DoubleAdder halves = new DoubleAdder();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> {
                for (int k = 0; k < 20; k++) {
                    sum.add(me + k);
                    most.accumulate(me * k);
                    halves.add(0.5);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(sum + " " + most + " " + halves + " " + sum.sumThenReset());
    }
}
