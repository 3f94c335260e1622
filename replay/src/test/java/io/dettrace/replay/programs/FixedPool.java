package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Eight tasks on a fixed pool of three threads; the order in which they ran is printed. */
public final class FixedPool {
    private FixedPool() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        List<String> order = new ArrayList<>();
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int task = i;
            results.add(pool.submit(() -> {
                synchronized (order) {
                    order.add(Thread.currentThread().getName() + ":" + task);
                }
                return task * task;
            }));
        }
        int sum = 0;
        for (Future<Integer> result : results) {
            sum += result.get();
        }
        pool.shutdown();
        System.out.println(order);
        System.out.println("sum " + sum);
    }
}
