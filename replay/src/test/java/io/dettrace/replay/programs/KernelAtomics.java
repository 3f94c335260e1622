package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Two threads over an AtomicInteger, a LongAdder and a volatile field. Argument: rounds. */
public final class KernelAtomics {
    private static final int ROUNDS = 400_000;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final LongAdder SUM = new LongAdder();
    private static volatile int last;

    private KernelAtomics() {}

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> work(rounds), "worker-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(COUNT + " " + SUM + " " + (last == rounds - 1));
    }

    private static void work(int rounds) {
        for (int i = 0; i < rounds; i++) {
            COUNT.incrementAndGet();
            SUM.add(i & 3);
            last = i;
        }
    }
}
