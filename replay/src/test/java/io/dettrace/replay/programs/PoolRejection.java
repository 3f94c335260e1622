package io.dettrace.replay.programs;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A bounded pool with a bounded queue: how many tasks it turns away depends on the schedule. */
public final class PoolRejection {
    private PoolRejection() {}

    public static void main(String[] args) throws InterruptedException {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 2, 2, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(2)) {
            @Override
            protected void afterExecute(Runnable task, Throwable error) {
                getQueue().peek();
            }
        };
        StringBuffer done = new StringBuffer();
        StringBuilder rejected = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            int task = i;
            try {
                pool.execute(() -> done.append(task));
            } catch (RejectedExecutionException e) {
                rejected.append(task);
            }
        }
        pool.shutdown();
        pool.awaitTermination(60, TimeUnit.SECONDS);
        System.out.println("done " + done + ", rejected " + rejected + ", all " + (done.length() + rejected.length()));
    }
}
