package io.dettrace.replay.programs;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** A ConcurrentLinkedQueue and a ConcurrentSkipListMap written by two threads and walked through by a third. */
public final class ConcurrentLinked {
    private ConcurrentLinked() {}

    public static void main(String[] args) throws InterruptedException {
        ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        ConcurrentSkipListMap<Integer, String> ranks = new ConcurrentSkipListMap<>();
        Thread[] writers = new Thread[2];
        for (int i = 0; i < writers.length; i++) {
            int me = i;
            writers[i] = new Thread(() -> {
                for (int value = me; value < 10; value += 2) {
                    queue.add(value);
                    ranks.put(value, "by " + me);
                }
            });
        }
        StringBuilder seen = new StringBuilder();
        Thread walker = new Thread(() -> {
            for (int value : queue) {
                seen.append(value);
            }
            for (Map.Entry<Integer, String> rank : ranks.entrySet()) {
                seen.append(' ').append(rank);
            }
        });
        writers[0].start();
        walker.start();
        writers[1].start();
        writers[0].join();
        writers[1].join();
        walker.join();
        System.out.println("seen " + seen);
        System.out.println(queue + " " + ranks.firstKey() + " " + ranks.lastKey());
    }
}
