package io.dettrace.replay.programs;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tasks of a pool of two wait for tasks of the same pool; when both threads wait, nobody is left to do the work.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 8.1.1, thread starvation deadlock.
 */
public final class PoolStarvation {
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
    private static final CountDownLatch STARTED = new CountDownLatch(1);

    private PoolStarvation() {}

    public static void main(String[] args) throws Exception {
        Future<String> header = POOL.submit(() -> page("header"));
        STARTED.await();
        Future<String> footer = POOL.submit(() -> page("footer")); // fault: intruder
        System.out.println(header.get() + " " + footer.get());
        POOL.shutdown();
    }

    private static String page(String part) throws Exception {
        Callable<String> work = () -> part.concat("!");
        STARTED.countDown(); // fault: begin
        Future<String> text = POOL.submit(work); // fault: end
        return text.get();
    }
}
