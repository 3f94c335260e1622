package io.dettrace.replay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs that do not depend on each other, as many at a time as the runner likes, with results taken in the order of the
 * requests: what is found does not depend on how many run at a time.
 */
final class OrderedRuns {
    private OrderedRuns() {}

    /** Takes a result; false to stop. */
    interface Visitor {
        boolean take(RunResult result) throws IOException, InterruptedException;
    }

    /** Runs until the requests or the visitor end. Runs that were begun ahead and are not wanted any more are dropped. */
    static void forEach(Runner runner, Iterator<RunRequest> requests, Visitor visitor)
            throws IOException, InterruptedException {
        int ahead = Math.max(1, runner.parallelism());
        ExecutorService pool = Executors.newFixedThreadPool(ahead, task -> {
            Thread thread = new Thread(task, "dettrace-run");
            thread.setDaemon(true);
            return thread;
        });
        Deque<Future<RunResult>> running = new ArrayDeque<>();
        try {
            boolean more = true;
            while (more) {
                while (running.size() < ahead && requests.hasNext()) {
                    RunRequest request = requests.next();
                    Callable<RunResult> run = () -> runner.run(request);
                    running.add(pool.submit(run));
                }
                more = !running.isEmpty() && visitor.take(result(running.remove()));
            }
        } finally {
            running.forEach(unwanted -> unwanted.cancel(true));
            pool.shutdownNow();
            // So that no process is left behind; what a dropped run wrote goes away with the runner.
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static RunResult result(Future<RunResult> run) throws IOException, InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("a run could not be done: " + cause, cause);
        }
    }
}
