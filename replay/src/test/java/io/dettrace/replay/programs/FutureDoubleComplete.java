package io.dettrace.replay.programs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two replicas answer one request; each asks isDone before it completes, and both bill the answer.
 *
 * <p>Source: check-then-act on futures, as in Lin, Dig, "Check-then-act misuse of Java concurrent collections",
 * ICST 2013.
 */
public final class FutureDoubleComplete {
    private static final CompletableFuture<String> ANSWER = new CompletableFuture<>();
    private static final AtomicInteger BILLED = new AtomicInteger();

    private FutureDoubleComplete() {}

    public static void main(String[] args) throws InterruptedException {
        new CompletableFuture<String>().complete("linked now, so that a plain JVM rarely fails");
        Thread east = new Thread(() -> reply("east"), "east");
        Thread west = new Thread(() -> reply("west"), "west");
        east.start();
        west.start();
        east.join();
        west.join();
        System.out.println("answered by " + ANSWER.join());
        if (BILLED.get() != 1) {
            throw new IllegalStateException("billed " + BILLED + " times");
        }
    }

    private static void reply(String replica) {
        if (!ANSWER.isDone()) { // fault: begin
            ANSWER.complete(replica); // fault: end, intruder
            BILLED.incrementAndGet();
        }
    }
}
