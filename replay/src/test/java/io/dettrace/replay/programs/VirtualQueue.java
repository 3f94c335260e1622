package io.dettrace.replay.programs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Virtual threads of an executor feed a platform thread through a queue with timed polls. JDK 21 or newer. */
public final class VirtualQueue {
    private VirtualQueue() {}

    public static void main(String[] args) throws InterruptedException {
        LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        ExecutorService threads = Jdk21.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < 6; i++) {
            int item = i;
            threads.execute(() -> queue.add(item));
        }
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            order.append(queue.poll(60, TimeUnit.SECONDS));
        }
        System.out.println(order + ", more " + queue.poll(2, TimeUnit.MILLISECONDS));
        threads.shutdown();
        System.out.println("ended " + threads.awaitTermination(60, TimeUnit.SECONDS));
    }
}
