package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks of an outer pool each run a pool of their own. */
public final class NestedPools {
    private NestedPools() {}

    public static void main(String[] args) throws Exception {
        ExecutorService outer = Executors.newFixedThreadPool(2);
        List<Future<String>> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int task = i;
            results.add(outer.submit(() -> inner(task)));
        }
        for (Future<String> result : results) {
            System.out.println(result.get());
        }
        outer.shutdown();
    }

    private static String inner(int task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        StringBuffer order = new StringBuffer();
        Future<?> first = pool.submit(() -> order.append('x'));
        Future<?> second = pool.submit(() -> order.append('y'));
        first.get();
        second.get();
        pool.shutdown();
        return "task " + task + ": " + order;
    }
}
