package io.dettrace.replay.programs;

/**
 * A transfer locks each account by itself but works with a balance it read before; a deposit is lost.
 *
 * <p>Source: the "account" programs of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014) and of ConTest.
 */
public final class BankTransfer {
    private int balance;

    private BankTransfer(int balance) {
        this.balance = balance;
    }

    public static void main(String[] args) throws InterruptedException {
        BankTransfer a = new BankTransfer(100);
        BankTransfer b = new BankTransfer(100);
        Thread there = new Thread(() -> transfer(a, b, 30), "there");
        Thread back = new Thread(() -> transfer(b, a, 20), "back");
        there.start();
        back.start();
        there.join();
        back.join();
        System.out.println(a.balance + " and " + b.balance);
        if (a.balance + b.balance != 200) {
            throw new IllegalStateException("200 became " + (a.balance + b.balance));
        }
    }

    private static void transfer(BankTransfer from, BankTransfer to, int amount) {
        int left = from.read() - amount; // fault: begin
        from.write(left); // fault: end, intruder
        int now = to.read() + amount; // fault: begin
        to.write(now); // fault: end, intruder
    }

    private synchronized int read() {
        return balance;
    }

    private synchronized void write(int amount) {
        balance = amount;
    }
}
