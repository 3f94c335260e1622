package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A pool of two threads given many small tasks, a hundred at a time. Argument: tasks. */
public final class KernelPool {
    private static final int TASKS = 20_000;
    private static final int BATCH = 100;

    private KernelPool() {}

    public static void main(String[] args) throws Exception {
        int tasks = args.length > 0 ? Integer.parseInt(args[0]) : TASKS;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        long sum = 0;
        for (int done = 0; done < tasks; done += BATCH) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = done; i < Math.min(tasks, done + BATCH); i++) {
                int task = i;
                results.add(pool.submit(() -> task % 7));
            }
            for (Future<Integer> result : results) {
                sum += result.get();
            }
        }
        pool.shutdown();
        System.out.println("sum " + sum);
    }
}
