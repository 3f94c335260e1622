package io.dettrace.replay.programs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Asynchronous stages on the common pool, joined two by two; the order of the stages is printed. */
public final class FutureChain {
    private static final ConcurrentLinkedQueue<String> ORDER = new ConcurrentLinkedQueue<>();

    private FutureChain() {}

    public static void main(String[] args) {
        CompletableFuture<Integer> price = CompletableFuture.supplyAsync(() -> say("price", 40));
        CompletableFuture<Integer> tax = CompletableFuture.supplyAsync(() -> say("tax", 2));
        CompletableFuture<Integer> total =
                price.thenCombineAsync(tax, (a, b) -> say("total", a + b)).thenApplyAsync(t -> say("doubled", t * 2));
        CompletableFuture<Void> note = price.thenAcceptAsync(p -> say("note", p));
        System.out.println("total " + total.join());
        note.join();
        System.out.println(ORDER);
    }

    private static int say(String stage, int value) {
        ORDER.add(stage + "=" + value);
        return value;
    }
}
