package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** CompletableFuture allOf and anyOf over stages of an executor. */
public final class FutureAllAny {
    private FutureAllAny() {}

    public static void main(String[] args) {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        StringBuffer order = new StringBuffer();
        List<CompletableFuture<Integer>> parts = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            int part = i;
            parts.add(CompletableFuture.supplyAsync(
                    () -> {
                        order.append(part);
                        return part;
                    },
                    pool));
        }
        CompletableFuture<?>[] all = parts.toArray(new CompletableFuture<?>[0]);
        Object first = CompletableFuture.anyOf(all).join();
        int sum = CompletableFuture.allOf(all)
                .thenApply(v -> parts.stream().mapToInt(CompletableFuture::join).sum())
                .join();
        System.out.println("first " + first + ", sum " + sum + ", order " + order);
        pool.shutdown();
    }
}
