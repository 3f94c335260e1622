package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Map and reduce over lines: mappers fill a shared table of LongAdders, one reducer sorts it. */
public final class WordCount {
    private WordCount() {}

    public static void main(String[] args) throws Exception {
        String[] lines = {"the cat sat", "the dog sat", "a cat and a dog", "the end"};
        ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
        List<String> firsts = new ArrayList<>();
        List<Callable<Void>> mappers = new ArrayList<>();
        for (String line : lines) {
            mappers.add(() -> {
                for (String word : line.split(" ")) {
                    counts.computeIfAbsent(word, w -> new LongAdder()).increment();
                }
                synchronized (firsts) {
                    firsts.add(line.substring(0, 3));
                }
                return null;
            });
        }
        ExecutorService pool = Executors.newWorkStealingPool(2);
        pool.invokeAll(mappers);
        pool.shutdown();
        Map<String, LongAdder> sorted = new TreeMap<>(counts);
        System.out.println(sorted);
        System.out.println(firsts);
    }
}
