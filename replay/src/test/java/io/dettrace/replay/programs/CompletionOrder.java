package io.dettrace.replay.programs;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An ExecutorCompletionService gives back results in the order in which they were ready. */
public final class CompletionOrder {
    private CompletionOrder() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        CompletionService<String> service = new ExecutorCompletionService<>(pool);
        for (int i = 0; i < 6; i++) {
            int task = i;
            service.submit(() -> task + "=" + task * task);
        }
        for (int i = 0; i < 6; i++) {
            System.out.println(service.take().get());
        }
        pool.shutdown();
    }
}
