package io.dettrace.replay.programs;

import java.util.Arrays;

/**
 * Writers copy a list, add to the copy and publish it, without a lock among themselves: one entry is lost.
 *
 * <p>Source: read-copy-update with two updaters, McKenney, "Is parallel programming hard" (2011), 9.5.
 */
public final class CopyAndPublish {
    private static volatile int[] entries = {};

    private CopyAndPublish() {}

    public static void main(String[] args) throws InterruptedException {
        Thread one = new Thread(() -> add(1), "one");
        Thread two = new Thread(() -> add(2), "two");
        one.start();
        two.start();
        one.join();
        two.join();
        System.out.println(Arrays.toString(entries));
        if (entries.length != 2) {
            throw new IllegalStateException("2 entries were added, " + entries.length + " are there");
        }
    }

    private static void add(int entry) {
        int[] old = entries; // fault: begin
        int[] next = Arrays.copyOf(old, old.length + 1);
        next[old.length] = entry;
        entries = next; // fault: end, intruder
    }
}
