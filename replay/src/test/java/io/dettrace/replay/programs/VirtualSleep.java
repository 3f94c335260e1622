package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Sleep sort by virtual threads, and one of them interrupted in its sleep. JDK 21 or newer. */
public final class VirtualSleep {
    private VirtualSleep() {}

    public static void main(String[] args) throws InterruptedException {
        ConcurrentLinkedQueue<Integer> sorted = new ConcurrentLinkedQueue<>();
        int[] values = {30, 10, 40, 20};
        Thread[] threads = new Thread[values.length];
        for (int i = 0; i < values.length; i++) {
            int value = values[i];
            threads[i] = Jdk21.startVirtual("sleeper-" + value, () -> {
                sleep(value);
                sorted.add(value);
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("woken " + sorted.size());
        Thread long1 = Jdk21.startVirtual("long", () -> System.out.println("interrupted " + !sleep(60_000)));
        long1.interrupt();
        long1.join();
    }

    private static boolean sleep(int millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
