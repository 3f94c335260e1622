package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;

/**
 * Two threads add to one ArrayList without a lock; both read the same size, and one element overwrites the other.
 *
 * <p>Source: Peierls et al., "Java Concurrency in Practice", section 2.1, on state that is shared without a lock.
 */
public final class LostListElement {
    private static final List<String> NAMES = new ArrayList<>();

    private LostListElement() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> add("ada"), "first");
        Thread second = new Thread(() -> add("bob"), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        if (NAMES.size() != 2 || NAMES.contains(null)) {
            throw new IllegalStateException("added 2, there are " + NAMES.size());
        }
        System.out.println(NAMES.size());
    }

    private static void add(String name) {
        NAMES.add(name); // fault: begin, end, intruder
    }
}
