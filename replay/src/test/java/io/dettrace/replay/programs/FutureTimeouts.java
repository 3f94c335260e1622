package io.dettrace.replay.programs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** orTimeout, completeOnTimeout, get with a time limit and delayedExecutor of CompletableFuture. */
public final class FutureTimeouts {
    private FutureTimeouts() {}

    public static void main(String[] args) throws Exception {
        try {
            new CompletableFuture<String>().orTimeout(5, TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            System.out.println("orTimeout: " + e.getCause().getClass().getSimpleName());
        }
        String value = new CompletableFuture<String>()
                .completeOnTimeout("default", 5, TimeUnit.MILLISECONDS)
                .join();
        System.out.println("completeOnTimeout: " + value);
        try {
            new CompletableFuture<String>().get(3, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            System.out.println("get: TimeoutException");
        }
        CompletableFuture<String> late = CompletableFuture.supplyAsync(
                () -> "late", CompletableFuture.delayedExecutor(4, TimeUnit.MILLISECONDS));
        System.out.println("delayed: " + late.orTimeout(60, TimeUnit.SECONDS).join());
    }
}
