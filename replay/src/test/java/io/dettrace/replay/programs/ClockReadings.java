package io.dettrace.replay.programs;

import java.util.concurrent.TimeUnit;

/** nanoTime and currentTimeMillis printed, around a sleep, in two threads, by reference to a method. */
public final class ClockReadings {
    private interface Clock {
        long read();
    }

    private ClockReadings() {}

    public static void main(String[] args) throws InterruptedException {
        long from = System.nanoTime();
        long wall = System.currentTimeMillis();
        TimeUnit.MILLISECONDS.sleep(5);
        long elapsed = System.nanoTime() - from;
        System.out.println("elapsed " + elapsed + ", wall " + (System.currentTimeMillis() - wall));
        System.out.println("slept at least " + (elapsed >= 5_000_000));
        Clock clock = System::nanoTime;
        long[] read = new long[2];
        Thread thread = new Thread(() -> read[0] = clock.read(), "reader");
        thread.start();
        thread.join();
        read[1] = clock.read();
        System.out.println("forward " + (read[1] > read[0]) + " " + (read[1] - read[0]));
        System.out.println(System.currentTimeMillis());
    }
}
