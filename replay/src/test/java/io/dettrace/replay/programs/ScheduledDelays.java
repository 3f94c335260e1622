package io.dettrace.replay.programs;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Delayed tasks run by their delays, not in the order of submission; one is cancelled in time. */
public final class ScheduledDelays {
    private ScheduledDelays() {}

    public static void main(String[] args) throws Exception {
        ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor();
        StringBuffer order = new StringBuffer();
        ScheduledFuture<?> last = null;
        for (int delay : new int[] {12, 3, 9, 6}) {
            ScheduledFuture<?> task =
                    pool.schedule(() -> order.append(delay).append(' '), delay, TimeUnit.MILLISECONDS);
            last = delay == 12 ? task : last;
        }
        ScheduledFuture<String> never = pool.schedule(() -> "never", 1, TimeUnit.HOURS);
        last.get();
        System.out.println("cancelled " + never.cancel(false) + " " + never.isCancelled());
        System.out.println("order " + order.toString().trim());
        pool.shutdown();
        System.out.println("ended " + pool.awaitTermination(60, TimeUnit.SECONDS));
    }
}
