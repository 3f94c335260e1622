package io.dettrace.replay.programs;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An immutable list in an AtomicReference is replaced by get and set instead of compareAndSet; an addition is lost.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 15.3, read-modify-write on atomics.
 */
public final class GetThenSet {
    private static final AtomicReference<List<String>> NAMES = new AtomicReference<>(List.of());

    private GetThenSet() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> add("ann"), "first");
        Thread second = new Thread(() -> add("bob"), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println(NAMES);
        if (NAMES.get().size() != 2) {
            throw new IllegalStateException("a name was lost");
        }
    }

    private static void add(String name) {
        List<String> before = NAMES.get(); // fault: begin
        List<String> after = before.isEmpty() ? List.of(name) : List.of(before.get(0), name);
        NAMES.set(after); // fault: end, intruder
    }
}
