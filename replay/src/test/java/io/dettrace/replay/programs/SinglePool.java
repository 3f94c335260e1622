package io.dettrace.replay.programs;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A single-thread pool: tasks in order, one that fails, and those left over at shutdownNow. */
public final class SinglePool {
    private SinglePool() {}

    public static void main(String[] args) throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        StringBuffer order = new StringBuffer();
        Future<?> failing = null;
        for (int i = 0; i < 5; i++) {
            int task = i;
            Future<?> future = pool.submit(() -> {
                order.append(task);
                if (task == 2) {
                    throw new IllegalStateException("task 2");
                }
            });
            failing = i == 2 ? future : failing;
        }
        try {
            failing.get();
        } catch (ExecutionException e) {
            System.out.println("failed: " + e.getCause().getMessage());
        }
        List<Runnable> left = pool.shutdownNow();
        System.out.println("order " + order + ", left " + left.size());
    }
}
