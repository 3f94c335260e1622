package io.dettrace.replay.programs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Failing stages: handle, exceptionally, whenComplete, cancellation and a stage completed from outside. */
public final class FutureErrors {
    private FutureErrors() {}

    public static void main(String[] args) throws InterruptedException {
        CompletableFuture<Integer> failing = CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("no price");
        });
        System.out.println(
                failing.handle((value, error) -> value + " " + error.getClass().getSimpleName())
                        .join());
        System.out.println(failing.exceptionally(error -> -1)
                .thenCompose(v -> CompletableFuture.supplyAsync(() -> v * 2))
                .join());
        try {
            failing.whenComplete((value, error) ->
                            System.out.println("seen " + error.getCause().getMessage()))
                    .join();
        } catch (CompletionException e) {
            System.out.println("join: " + e.getCause().getMessage());
        }
        CompletableFuture<String> outside = new CompletableFuture<>();
        Thread completer = new Thread(() -> outside.complete("from outside"), "completer");
        completer.start();
        System.out.println(outside.join());
        completer.join();
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        System.out.println("cancelled " + cancelled.cancel(true) + " " + cancelled.isCompletedExceptionally());
    }
}
