package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** A parallel stream on the common pool; the order in which the elements were seen is printed beside the sum. */
public final class ParallelSum {
    private ParallelSum() {}

    public static void main(String[] args) {
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        int sum = IntStream.rangeClosed(1, 16)
                .parallel()
                .peek(seen::add)
                .map(i -> i * i)
                .sum();
        System.out.println("sum " + sum);
        System.out.println(seen);
    }
}
