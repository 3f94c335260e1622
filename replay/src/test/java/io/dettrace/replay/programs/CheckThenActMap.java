package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A ConcurrentHashMap asked with get and filled with put: both threads may find no entry, and one count is lost.
 *
 * <p>Source: Shacham et al., "Testing atomicity of composed concurrent operations", OOPSLA 2011.
 */
public final class CheckThenActMap {
    private static final ConcurrentHashMap<String, Integer> WORDS = new ConcurrentHashMap<>();

    private CheckThenActMap() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> count("to be or not to be"), "first");
        Thread second = new Thread(() -> count("to do"), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("to " + WORDS.get("to"));
        if (WORDS.get("to") != 3) {
            throw new IllegalStateException("to was counted " + WORDS.get("to") + " times, expected 3");
        }
    }

    private static void count(String text) {
        for (String word : text.split(" ")) {
            Integer seen = WORDS.get(word); // fault: begin
            int now = seen == null ? 1 : seen + 1;
            WORDS.put(word, now); // fault: end, intruder
        }
    }
}
