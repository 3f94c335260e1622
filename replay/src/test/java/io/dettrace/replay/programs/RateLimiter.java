package io.dettrace.replay.programs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A token bucket over nanoTime shared by three threads; who was let through when is printed. */
public final class RateLimiter {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(2);
    private static final StringBuffer ORDER = new StringBuffer();

    private long next = System.nanoTime();

    private RateLimiter() {}

    public static void main(String[] args) throws InterruptedException {
        RateLimiter limiter = new RateLimiter();
        long from = System.nanoTime();
        Thread[] clients = new Thread[3];
        for (int i = 0; i < clients.length; i++) {
            int me = i;
            clients[i] = new Thread(() -> {
                for (int call = 0; call < 2; call++) {
                    limiter.acquire();
                    ORDER.append(me);
                }
            });
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        boolean slowed = System.nanoTime() - from >= 5 * INTERVAL - TimeUnit.MILLISECONDS.toNanos(1);
        System.out.println("order " + ORDER + ", slowed " + slowed);
    }

    private void acquire() {
        long mine;
        synchronized (this) {
            mine = Math.max(next, System.nanoTime());
            next = mine + INTERVAL;
        }
        for (long left = mine - System.nanoTime(); left > 0; left = mine - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }
}
