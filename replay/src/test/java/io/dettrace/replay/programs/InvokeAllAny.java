package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** invokeAll, with and without a time limit, and invokeAny, whose winner depends on the schedule. */
public final class InvokeAllAny {
    private InvokeAllAny() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int task = i;
            calls.add(() -> "answer " + task);
        }
        for (Future<String> answer : pool.invokeAll(calls)) {
            System.out.println(answer.get());
        }
        System.out.println("any: " + pool.invokeAny(calls));
        calls.add(() -> {
            Thread.sleep(60_000);
            return "late";
        });
        int cancelled = 0;
        for (Future<String> answer : pool.invokeAll(calls, 20, TimeUnit.MILLISECONDS)) {
            cancelled += answer.isCancelled() ? 1 : 0;
        }
        System.out.println("cancelled " + (cancelled > 0));
        pool.shutdown();
    }
}
