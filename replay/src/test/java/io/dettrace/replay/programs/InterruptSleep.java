package io.dettrace.replay.programs;

/** A sleeping thread is interrupted; the status is clear inside the handler and set again by it. */
public final class InterruptSleep {
    private InterruptSleep() {}

    public static void main(String[] args) throws InterruptedException {
        Thread sleeper = new Thread(
                () -> {
                    try {
                        Thread.sleep(60_000);
                        System.out.println("slept");
                    } catch (InterruptedException e) {
                        boolean status = Thread.currentThread().isInterrupted();
                        Thread.currentThread().interrupt();
                        System.out.println("awake, status " + status + ", then " + Thread.interrupted());
                    }
                },
                "sleeper");
        sleeper.start();
        sleeper.interrupt();
        sleeper.join();
    }
}
