package io.dettrace.replay.programs;

import java.util.concurrent.locks.LockSupport;

/** Parked threads awakened by an interrupt, by a permit given before, and by time. */
public final class InterruptPark {
    private static volatile boolean interrupted;

    private InterruptPark() {}

    public static void main(String[] args) throws InterruptedException {
        Thread parked = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park();
                    }
                    LockSupport.park(); // returns at once while the status is set
                    interrupted = Thread.interrupted();
                },
                "parked");
        parked.start();
        parked.interrupt();
        parked.join();
        LockSupport.unpark(Thread.currentThread());
        LockSupport.park();
        LockSupport.parkNanos(1_000_000);
        LockSupport.parkUntil(System.currentTimeMillis() + 2);
        System.out.println("interrupted " + interrupted);
    }
}
