package io.dettrace.replay.programs;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** A SynchronousQueue, fair and not, between two producers and one consumer, and an offer nobody takes. */
public final class SynchronousHandoff {
    private SynchronousHandoff() {}

    public static void main(String[] args) throws InterruptedException {
        for (boolean fair : new boolean[] {false, true}) {
            SynchronousQueue<String> queue = new SynchronousQueue<>(fair);
            for (int p = 0; p < 2; p++) {
                int producer = p;
                new Thread(() -> produce(queue, producer), "producer-" + p).start();
            }
            StringBuilder order = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                order.append(queue.take()).append(' ');
            }
            System.out.println(order + "offer " + queue.offer("none", 1, TimeUnit.MILLISECONDS));
        }
    }

    private static void produce(SynchronousQueue<String> queue, int producer) {
        try {
            for (int i = 0; i < 3; i++) {
                queue.put(producer + "/" + i);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
