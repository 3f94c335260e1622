package io.dettrace.replay.programs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A CompletableFuture pipeline that changes between two executors; the threads it passed are printed. */
public final class FutureOnExecutors {
    private FutureOnExecutors() {}

    public static void main(String[] args) {
        ExecutorService reading = Executors.newFixedThreadPool(2, task -> new Thread(task, "reading"));
        ExecutorService computing = Executors.newSingleThreadExecutor(task -> new Thread(task, "computing"));
        CompletableFuture<String> left = CompletableFuture.supplyAsync(() -> here("l"), reading);
        CompletableFuture<String> right = CompletableFuture.supplyAsync(() -> here("r"), reading);
        String path = left.thenCombineAsync(right, (a, b) -> a + " " + b + " " + here("join"), computing)
                .thenApplyAsync(text -> text + " " + here("last"), reading)
                .join();
        System.out.println(path);
        String winner = left.applyToEither(right, text -> text).join();
        System.out.println(winner.startsWith("reading"));
        reading.shutdown();
        computing.shutdown();
    }

    private static String here(String what) {
        return Thread.currentThread().getName() + ":" + what;
    }
}
