package io.dettrace.replay.programs;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Random numbers of every kind without a seed, in main and in two threads. */
public final class RandomSources {
    private RandomSources() {}

    public static void main(String[] args) throws InterruptedException {
        Random shared = new Random();
        String[] lines = new String[2];
        Thread[] threads = new Thread[lines.length];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> lines[me] = shared.nextInt(1000) + " "
                    + ThreadLocalRandom.current().nextInt(1000) + " " + new Random().nextLong());
            threads[i].start();
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            System.out.println(lines[i]);
        }
        System.out.println(Math.random());
        System.out.println(new SplittableRandom().nextInt(1_000_000));
        System.out.println(ThreadLocalRandom.current().nextGaussian());
    }
}
