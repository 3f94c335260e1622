package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A lock-free stack that uses its nodes again: a slow pop installs a next node that has left the stack meanwhile.
 *
 * <p>Source: the ABA problem of Treiber's stack (IBM RJ 5118, 1986); Michael, "ABA prevention" (2004).
 */
public final class AbaStack {
    private static final class Node {
        private final int value;
        private Node next;

        private Node(int value) {
            this.value = value;
        }
    }

    private static final AtomicReference<Node> TOP = new AtomicReference<>();

    private AbaStack() {}

    public static void main(String[] args) throws InterruptedException {
        for (int i = 3; i > 0; i--) {
            push(new Node(i));
        }
        Thread slow = new Thread(AbaStack::pop, "slow");
        Thread fast = new Thread(AbaStack::reuse, "fast");
        slow.start();
        fast.start();
        slow.join();
        fast.join();
        int left = 0;
        for (Node node = TOP.get(); node != null; node = node.next) {
            left++;
        }
        System.out.println("left " + left);
        if (left != 1) {
            throw new IllegalStateException(left + " nodes are left, expected 1");
        }
    }

    private static void reuse() {
        Node first = pop();
        pop();
        push(first); // fault: intruder
    }

    private static void push(Node node) {
        do {
            node.next = TOP.get();
        } while (!TOP.compareAndSet(node.next, node)); // fault: intruder
    }

    private static Node pop() {
        while (true) {
            Node top = TOP.get(); // fault: begin
            if (top == null || top.value == 0) {
                return null;
            }
            Node next = top.next;
            if (TOP.compareAndSet(top, next)) { // fault: end, intruder
                return top;
            }
        }
    }
}
