package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;

/**
 * A synchronized list is asked for all elements of another one, through whose elements it goes without holding that one's
 * lock.
 *
 * <p>Source: the collections of Sen, "Race Directed Random Testing of Concurrent Programs", PLDI 2008.
 */
public final class WrapperIterated {
    private static final List<String> WANTED = Collections.synchronizedList(new LinkedList<>(List.of("a", "b", "c")));
    private static final List<String> STORED = Collections.synchronizedList(new ArrayList<>(List.of("a", "b", "c")));

    private WrapperIterated() {}

    public static void main(String[] args) throws InterruptedException {
        Thread checker = new Thread(WrapperIterated::check, "checker");
        Thread buyer = new Thread(WrapperIterated::buy, "buyer");
        checker.start();
        buyer.start();
        checker.join();
        buyer.join();
    }

    private static void check() {
        System.out.println(STORED.containsAll(WANTED) ? "all there" : "something is missing"); // fault: begin, end
    }

    private static void buy() {
        WANTED.remove("b"); // fault: intruder
    }
}
