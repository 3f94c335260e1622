package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A LinkedBlockingQueue with offer, timed poll and drainTo, emptied by two consumers. */
public final class LinkedQueueSum {
    private LinkedQueueSum() {}

    public static void main(String[] args) throws InterruptedException {
        LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>(4);
        int[] sums = new int[2];
        Thread[] consumers = new Thread[2];
        for (int i = 0; i < consumers.length; i++) {
            int me = i;
            consumers[i] = new Thread(() -> sums[me] = consume(queue), "consumer-" + i);
            consumers[i].start();
        }
        for (int i = 1; i <= 10; i++) {
            if (!queue.offer(i)) {
                queue.put(i);
            }
        }
        for (Thread consumer : consumers) {
            consumer.join();
        }
        List<Integer> rest = new ArrayList<>();
        queue.drainTo(rest);
        System.out.println(sums[0] + " + " + sums[1] + " = " + (sums[0] + sums[1]) + ", rest " + rest);
    }

    private static int consume(LinkedBlockingQueue<Integer> queue) {
        try {
            int sum = 0;
            Integer item = queue.poll(200, TimeUnit.MILLISECONDS);
            while (item != null) {
                sum += item;
                item = queue.poll(20, TimeUnit.MILLISECONDS);
            }
            return sum;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
