package io.dettrace.replay.programs;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The order of iteration of Set.of, Map.of and copies, which differs from JVM to JVM. */
public final class ImmutableOrder {
    private ImmutableOrder() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(Set.of("ant", "bee", "cat", "dog", "eel"));
        System.out.println(Map.of("one", 1, "two", 2, "three", 3, "four", 4));
        Thread thread = new Thread(
                () -> System.out.println(
                        Set.copyOf(Map.of(7, "x", 8, "y", 9, "z").values())),
                "copier");
        thread.start();
        thread.join();
        System.out.println(Set.of(1, 2).iterator().next() + " " + Map.of('a', 1, 'b', 2));
        System.out.println(java.util.stream.Stream.of("q", "r", "s", "t").collect(Collectors.toUnmodifiableSet()));
    }
}
