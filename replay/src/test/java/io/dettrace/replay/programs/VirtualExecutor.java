package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Ten tasks, a virtual thread each; the order in which they ran is printed. JDK 21 or newer. */
public final class VirtualExecutor {
    private VirtualExecutor() {}

    public static void main(String[] args) throws Exception {
        ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Jdk21.newVirtualThreadPerTaskExecutor();
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int task = i;
            results.add(threads.submit(() -> {
                order.add(task);
                return task * 3;
            }));
        }
        int sum = 0;
        for (Future<Integer> result : results) {
            sum += result.get();
        }
        threads.shutdown();
        System.out.println("sum " + sum);
        System.out.println(order);
    }
}
