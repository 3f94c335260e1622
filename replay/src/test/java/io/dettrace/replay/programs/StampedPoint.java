package io.dettrace.replay.programs;

import java.util.concurrent.locks.StampedLock;

/** A point under a StampedLock: optimistic reads that fall back, writes, and a conversion. */
public final class StampedPoint {
    private final StampedLock lock = new StampedLock();
    private int x;
    private int y;
    private int fallbacks;

    private StampedPoint() {}

    public static void main(String[] args) throws InterruptedException {
        StampedPoint point = new StampedPoint();
        Thread mover = new Thread(point::move, "mover");
        StringBuilder sums = new StringBuilder();
        mover.start();
        for (int i = 0; i < 4; i++) {
            sums.append(point.difference()).append(' ');
        }
        mover.join();
        System.out.println(sums.toString().trim() + ", fallbacks " + point.fallbacks + ", at " + point.x);
    }

    private void move() {
        for (int i = 0; i < 4; i++) {
            long stamp = lock.readLock();
            long write = lock.tryConvertToWriteLock(stamp);
            if (write == 0) {
                lock.unlockRead(stamp);
                write = lock.writeLock();
            }
            x += 2;
            y += 2;
            lock.unlockWrite(write);
        }
    }

    private int difference() {
        long stamp = lock.tryOptimisticRead();
        int result = x - y;
        if (!lock.validate(stamp)) {
            fallbacks++;
            stamp = lock.readLock();
            result = x - y;
            lock.unlockRead(stamp);
        }
        return result;
    }
}
