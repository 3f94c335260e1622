package io.dettrace.replay.programs;

import java.util.concurrent.CompletableFuture;

/**
 * Two stages of a CompletableFuture pipeline add to one plain total; the pool runs them at the same time.
 *
 * <p>Source: the single-variable atomicity violation of Lu et al., ASPLOS 2008, as asynchronous code makes it.
 */
public final class FutureRace {
    private static int total;

    private FutureRace() {}

    public static void main(String[] args) {
        CompletableFuture<Void> books = CompletableFuture.supplyAsync(() -> 20).thenAcceptAsync(FutureRace::add);
        CompletableFuture<Void> music = CompletableFuture.supplyAsync(() -> 15).thenAcceptAsync(FutureRace::add);
        CompletableFuture.allOf(books, music).join();
        System.out.println("total " + total);
        if (total != 35) {
            throw new IllegalStateException("total is " + total + ", expected 35");
        }
    }

    private static void add(int price) {
        int before = total; // fault: begin
        total = before + price; // fault: end, intruder
    }
}
