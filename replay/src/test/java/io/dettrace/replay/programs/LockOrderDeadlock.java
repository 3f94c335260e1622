package io.dettrace.replay.programs;

/**
 * Two threads move money between two accounts and lock them in opposite order.
 *
 * <p>Source: Goetz et al., Java Concurrency in Practice (2006), 10.1, lock-ordering deadlock.
 */
public final class LockOrderDeadlock {
    private int balance = 100;

    private LockOrderDeadlock() {}

    public static void main(String[] args) throws InterruptedException {
        LockOrderDeadlock checking = new LockOrderDeadlock();
        LockOrderDeadlock savings = new LockOrderDeadlock();
        Thread there = new Thread(() -> pay(checking, savings, 30), "there");
        Thread back = new Thread(() -> pay(savings, checking, 10), "back");
        there.start();
        back.start();
        there.join();
        back.join();
        System.out.println("checking " + checking.balance + ", savings " + savings.balance);
    }

    private static void pay(LockOrderDeadlock from, LockOrderDeadlock to, int amount) {
        synchronized (from) { // fault: begin, intruder
            synchronized (to) { // fault: end
                from.balance -= amount;
                to.balance += amount;
            }
        }
    }
}
