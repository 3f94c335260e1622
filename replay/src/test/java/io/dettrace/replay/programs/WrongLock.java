package io.dettrace.replay.programs;

/**
 * Two threads guard one counter with a lock each of their own.
 *
 * <p>Source: wronglock of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014), "wrong lock" of Farchi et al. 2003.
 */
public final class WrongLock {
    private static int stock = 10;

    private WrongLock() {}

    public static void main(String[] args) throws InterruptedException {
        Object shopLock = new Object();
        Object webLock = new Object();
        Thread shop = new Thread(() -> sell(shopLock, 3), "shop");
        Thread web = new Thread(() -> sell(webLock, 4), "web");
        shop.start();
        web.start();
        shop.join();
        web.join();
        System.out.println("stock " + stock);
        if (stock != 3) {
            throw new IllegalStateException("stock is " + stock + ", expected 3");
        }
    }

    private static void sell(Object lock, int amount) {
        synchronized (lock) {
            int before = stock; // fault: begin
            stock = before - amount; // fault: end, intruder
        }
    }
}
