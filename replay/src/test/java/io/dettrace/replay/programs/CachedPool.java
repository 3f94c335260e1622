package io.dettrace.replay.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A cached pool whose tasks wait for each other, so that each needs a thread of its own. */
public final class CachedPool {
    private CachedPool() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        CountDownLatch all = new CountDownLatch(4);
        StringBuffer order = new StringBuffer();
        Future<?> last = null;
        for (int i = 0; i < 4; i++) {
            int task = i;
            last = pool.submit(() -> {
                order.append(task);
                all.countDown();
                return all.await(60, TimeUnit.SECONDS);
            });
        }
        System.out.println("all came " + last.get());
        pool.shutdown();
        System.out.println("ended " + pool.awaitTermination(60, TimeUnit.SECONDS) + " " + order);
    }
}
