package io.dettrace.replay.programs;

import java.util.concurrent.PriorityBlockingQueue;

/** A PriorityBlockingQueue filled by three threads while one empties it. */
public final class PriorityTasks {
    private PriorityTasks() {}

    public static void main(String[] args) throws InterruptedException {
        PriorityBlockingQueue<Integer> queue = new PriorityBlockingQueue<>();
        for (int i = 0; i < 3; i++) {
            int from = i;
            new Thread(() -> {
                        for (int value = from; value < 9; value += 3) {
                            queue.put(9 - value);
                        }
                    })
                    .start();
        }
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            order.append(queue.take()).append(' ');
        }
        System.out.println(order.toString().trim());
    }
}
