package io.dettrace.replay.programs;

/**
 * A transfer holds its own account while it calls the other's synchronized deposit; two transfers cross.
 *
 * <p>Source: the bank account deadlock of Lea, Concurrent Programming in Java (1999), 2.2.6; like those of JaConTeBe (Lin et
 * al., ASE 2015), where the second lock is taken in a callee.
 */
public final class DepositDeadlock {
    private int balance = 10;

    private DepositDeadlock() {}

    public static void main(String[] args) throws InterruptedException {
        DepositDeadlock here = new DepositDeadlock();
        DepositDeadlock there = new DepositDeadlock();
        Thread going = new Thread(() -> here.transfer(there, 3), "going");
        Thread coming = new Thread(() -> there.transfer(here, 4), "coming");
        going.start();
        coming.start();
        going.join();
        coming.join();
        System.out.println(here.balance + " and " + there.balance);
    }

    private void transfer(DepositDeadlock to, int amount) {
        synchronized (this) { // fault: begin, intruder
            balance -= amount;
            to.deposit(amount); // fault: end, intruder
        }
    }

    private void deposit(int amount) {
        synchronized (this) {
            balance += amount;
        }
    }
}
