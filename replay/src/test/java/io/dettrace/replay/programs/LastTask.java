package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A work-stealing queue whose thief does not compare and set: owner and thief both get the last task.
 *
 * <p>Source: the work-stealing queues of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014), after Frigo, Leiserson, Randall,
 * PLDI 1998.
 */
public final class LastTask {
    private static final AtomicInteger DONE = new AtomicInteger();

    private volatile int head;
    private volatile int tail = 1;

    private LastTask() {}

    public static void main(String[] args) throws InterruptedException {
        LastTask queue = new LastTask();
        Thread owner = new Thread(queue::take, "owner");
        Thread thief = new Thread(queue::steal, "thief");
        owner.start();
        thief.start();
        owner.join();
        thief.join();
        System.out.println("done " + DONE.get());
        if (DONE.get() != 1) {
            throw new IllegalStateException("the task was done " + DONE.get() + " times");
        }
    }

    private void take() {
        int last = tail - 1;
        tail = last; // fault: intruder
        if (head > last) { // fault: intruder
            tail = head;
            return;
        }
        DONE.incrementAndGet();
    }

    private void steal() {
        int first = head; // fault: begin
        if (first >= tail) {
            return;
        }
        head = first + 1; // fault: end
        DONE.incrementAndGet();
    }
}
