package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** Volatile fields through the three field updaters, among them a linked stack. */
public final class FieldUpdaters {
    private static final class Node {
        private final int value;
        private final Node next;

        private Node(int value, Node next) {
            this.value = value;
            this.next = next;
        }
    }

    private static final AtomicIntegerFieldUpdater<FieldUpdaters> SIZE =
            AtomicIntegerFieldUpdater.newUpdater(FieldUpdaters.class, "size");
    private static final AtomicLongFieldUpdater<FieldUpdaters> SUM =
            AtomicLongFieldUpdater.newUpdater(FieldUpdaters.class, "sum");
    private static final AtomicReferenceFieldUpdater<FieldUpdaters, Node> TOP =
            AtomicReferenceFieldUpdater.newUpdater(FieldUpdaters.class, Node.class, "top");

    private volatile int size;
    private volatile long sum;
    private volatile Node top;

    private FieldUpdaters() {}

    public static void main(String[] args) throws InterruptedException {
        FieldUpdaters stack = new FieldUpdaters();
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> {
                stack.push(me);
                stack.push(me + 10);
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        StringBuilder values = new StringBuilder();
        for (Node node = stack.top; node != null; node = node.next) {
            values.append(node.value).append(' ');
        }
        System.out.println(
                stack.size + " " + stack.sum + ": " + values.toString().trim());
    }

    private void push(int value) {
        Node before = top;
        while (!TOP.compareAndSet(this, before, new Node(value, before))) {
            before = top;
        }
        SIZE.incrementAndGet(this);
        SUM.addAndGet(this, value);
    }
}
