package io.dettrace.replay.programs;

/** A timed join that ends before the thread does, and one that does not. */
public final class JoinTimed {
    private static volatile boolean leave;

    private JoinTimed() {}

    public static void main(String[] args) throws InterruptedException {
        Thread slow = new Thread(JoinTimed::linger, "slow");
        slow.start();
        slow.join(3);
        System.out.println("alive " + slow.isAlive());
        leave = true;
        slow.join(60_000);
        System.out.println("alive " + slow.isAlive() + ", state " + slow.getState());
    }

    private static void linger() {
        while (!leave) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
