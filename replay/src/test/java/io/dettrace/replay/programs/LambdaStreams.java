package io.dettrace.replay.programs;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lambdas, method references and sequential streams inside pool tasks, each linked for the first time there. */
public final class LambdaStreams {
    private LambdaStreams() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        StringBuffer order = new StringBuffer();
        List<Future<String>> texts = List.of(
                pool.submit(() -> {
                    order.append('w');
                    return Stream.of("pear", "fig", "apple").sorted().collect(Collectors.joining(","));
                }),
                pool.submit(() -> {
                    order.append('n');
                    return IntStream.range(0, 5).mapToObj(Integer::toString).collect(Collectors.joining("+"));
                }),
                pool.submit(() -> {
                    order.append('g');
                    return Arrays.stream("to be or not".split(" "))
                            .collect(Collectors.groupingBy(String::length, Collectors.counting()))
                            .toString();
                }));
        for (Future<String> text : texts) {
            System.out.println(text.get());
        }
        pool.shutdown();
        System.out.println(order);
    }
}
