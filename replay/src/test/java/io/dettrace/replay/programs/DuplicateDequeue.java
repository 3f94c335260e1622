package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;

/**
 * Two workers take tasks from one array by an index they forgot to guard: both may take the same task.
 *
 * <p>Source: the single-variable atomicity violation (read, write) of Lu et al., ASPLOS 2008, as a task queue.
 */
public final class DuplicateDequeue {
    private static final int TASKS = 5;

    private final int[] tasks = {1, 2, 3, 4, 5};
    private final List<String> taken = new ArrayList<>();
    private int head;

    private DuplicateDequeue() {}

    public static void main(String[] args) throws InterruptedException {
        DuplicateDequeue queue = new DuplicateDequeue();
        Thread[] workers = new Thread[2];
        for (int i = 0; i < workers.length; i++) {
            int worker = i;
            workers[i] = new Thread(() -> queue.work(worker), "worker-" + i);
            workers[i].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.println(queue.taken);
        if (queue.taken.size() != TASKS) {
            throw new IllegalStateException(queue.taken.size() + " tasks were done, expected " + TASKS);
        }
    }

    private void work(int worker) {
        int task = take();
        while (task != 0) {
            synchronized (taken) {
                taken.add("worker " + worker + " task " + task);
            }
            task = take();
        }
    }

    private int take() {
        int at = head; // fault: begin
        if (at >= TASKS) {
            return 0;
        }
        int task = tasks[at];
        head = at + 1; // fault: end, intruder
        return task;
    }
}
