package io.dettrace.replay.programs;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Two producers and a consumer over an ArrayBlockingQueue smaller than the load. */
public final class ArrayQueuePipeline {
    private ArrayQueuePipeline() {}

    public static void main(String[] args) throws InterruptedException {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(2);
        for (int p = 0; p < 2; p++) {
            int producer = p;
            new Thread(() -> produce(queue, producer), "producer-" + p).start();
        }
        StringBuilder line = new StringBuilder();
        for (int ended = 0; ended < 2; ) {
            String item = queue.take();
            if (item.equals("end")) {
                ended++;
            } else {
                line.append(item).append(' ');
            }
        }
        System.out.println(line.toString().trim());
    }

    private static void produce(BlockingQueue<String> queue, int producer) {
        try {
            for (int i = 0; i < 4; i++) {
                queue.put(producer + "/" + i);
            }
            queue.put("end");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
