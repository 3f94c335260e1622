package io.dettrace.replay.programs;

/** Synchronized methods, static and not, entered again from inside, left by an exception, waiting two levels deep. */
public final class SynchronizedMethods {
    private static final StringBuilder LOG = new StringBuilder();
    private int value;

    private SynchronizedMethods() {}

    public static void main(String[] args) throws InterruptedException {
        SynchronizedMethods cell = new SynchronizedMethods();
        Thread taker = new Thread(() -> log("took " + cell.take()), "taker");
        Thread putter = new Thread(() -> cell.put(4), "putter");
        Thread failing = new Thread(cell::failInside, "failing");
        taker.start();
        putter.start();
        failing.start();
        taker.join();
        putter.join();
        failing.join();
        System.out.print(LOG);
    }

    private static synchronized void log(String line) {
        LOG.append(line).append('\n');
    }

    private synchronized int take() {
        return takeInside(); // the lock is held twice while waiting
    }

    private synchronized int takeInside() {
        while (value == 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        int taken = value;
        value = 0;
        return taken;
    }

    private synchronized void put(int next) {
        value = next;
        notifyAll();
        log("put " + next);
    }

    private void failInside() {
        try {
            failing();
        } catch (IllegalStateException e) {
            log("failed, still locked " + Thread.holdsLock(this));
        }
    }

    private synchronized void failing() {
        throw new IllegalStateException("out");
    }
}
