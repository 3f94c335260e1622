package io.dettrace.replay.programs;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A DelayQueue gives its elements back by their delays. */
public final class DelayQueueOrder {
    private static final class Reminder implements Delayed {
        private final String text;
        private final long due;

        private Reminder(String text, long millis) {
            this.text = text;
            due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Reminder) other).due);
        }
    }

    private DelayQueueOrder() {}

    public static void main(String[] args) throws InterruptedException {
        DelayQueue<Reminder> queue = new DelayQueue<>();
        Thread writer = new Thread(
                () -> {
                    queue.add(new Reminder("tea", 40));
                    queue.add(new Reminder("call", 10));
                    queue.add(new Reminder("post", 25));
                },
                "writer");
        writer.start();
        writer.join();
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            order.append(queue.take().text).append(' ');
        }
        System.out.println(order + "then " + queue.poll(1, TimeUnit.MILLISECONDS));
    }
}
