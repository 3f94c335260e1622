package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A ScheduledThreadPoolExecutor with two periodic tasks and one single one, cancelled after enough ticks. */
public final class ScheduledTicks {
    private ScheduledTicks() {}

    public static void main(String[] args) throws InterruptedException {
        ScheduledExecutorService pool = new ScheduledThreadPoolExecutor(2);
        List<String> ticks = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(6);
        Runnable tick = () -> {
            synchronized (ticks) {
                ticks.add(Thread.currentThread().getName() + " tick " + ticks.size());
            }
            enough.countDown();
        };
        ScheduledFuture<?> rate = pool.scheduleAtFixedRate(tick, 1, 3, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> delay = pool.scheduleWithFixedDelay(tick, 2, 4, TimeUnit.MILLISECONDS);
        pool.schedule(tick, 5, TimeUnit.MILLISECONDS);
        enough.await();
        rate.cancel(false);
        delay.cancel(false);
        pool.shutdown();
        System.out.println("ended " + pool.awaitTermination(5, TimeUnit.SECONDS));
        synchronized (ticks) {
            System.out.println(ticks);
        }
    }
}
