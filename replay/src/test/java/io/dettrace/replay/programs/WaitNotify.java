package io.dettrace.replay.programs;

/** Two threads take turns by wait and notifyAll inside synchronized blocks. */
public final class WaitNotify {
    private static final Object TURN = new Object();
    private static final StringBuilder SAID = new StringBuilder();
    private static int next;

    private WaitNotify() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] players = new Thread[3];
        for (int i = 0; i < players.length; i++) {
            int me = i;
            players[i] = new Thread(() -> play(me), "player-" + i);
            players[i].start();
        }
        for (Thread player : players) {
            player.join();
        }
        System.out.println(SAID);
    }

    private static void play(int me) {
        for (int round = 0; round < 4; round++) {
            synchronized (TURN) {
                while (next != me) {
                    try {
                        TURN.wait();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                SAID.append((char) ('a' + me));
                next = (next + 1) % 3;
                TURN.notifyAll();
            }
        }
    }
}
