package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;

/** Two workers with a deque each: the owner takes from its end, the other steals from the far end. */
public final class DequeStealing {
    private DequeStealing() {}

    public static void main(String[] args) throws InterruptedException {
        ConcurrentLinkedDeque<Integer> left = new ConcurrentLinkedDeque<>();
        ConcurrentLinkedDeque<Integer> right = new ConcurrentLinkedDeque<>();
        for (int i = 0; i < 8; i++) {
            (i < 6 ? left : right).addLast(i);
        }
        StringBuffer[] done = {new StringBuffer(), new StringBuffer()};
        CountDownLatch finished = new CountDownLatch(2);
        new Thread(() -> work(left, right, done[0], finished), "left").start();
        new Thread(() -> work(right, left, done[1], finished), "right").start();
        finished.await();
        System.out.println("left " + done[0] + ", right " + done[1]);
    }

    private static void work(
            ConcurrentLinkedDeque<Integer> own,
            ConcurrentLinkedDeque<Integer> other,
            StringBuffer done,
            CountDownLatch finished) {
        while (true) {
            Integer task = own.pollLast();
            boolean stolen = task == null;
            if (stolen) {
                task = other.pollFirst();
            }
            if (task == null) {
                finished.countDown();
                return;
            }
            done.append(stolen ? "!" : "").append(task);
        }
    }
}
