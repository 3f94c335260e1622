package io.dettrace.replay.programs;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parallel streams that group, reduce and go through elements in any order; which thread did what is printed. */
public final class ParallelCollect {
    private ParallelCollect() {}

    public static void main(String[] args) {
        Map<Integer, Integer> groups = IntStream.range(0, 24)
                .parallel()
                .boxed()
                .collect(Collectors.groupingByConcurrent(i -> i % 3, Collectors.summingInt(i -> i)));
        System.out.println(new TreeMap<>(groups));
        StringBuffer order = new StringBuffer();
        ConcurrentHashMap<String, Integer> byThread = new ConcurrentHashMap<>();
        IntStream.range(0, 12).parallel().forEach(i -> {
            order.append((char) ('a' + i));
            byThread.merge(Thread.currentThread().getName(), 1, Integer::sum);
        });
        System.out.println(order + " " + new TreeMap<>(byThread));
    }
}
