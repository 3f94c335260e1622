package io.dettrace.replay.programs;

import java.util.concurrent.locks.LockSupport;

/** Two virtual threads that hand a turn to and fro by park and unpark. JDK 21 or newer. */
public final class VirtualPark {
    private static final StringBuffer SAID = new StringBuffer();
    private static volatile int turn;

    private VirtualPark() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] players = new Thread[2];
        for (int i = 0; i < players.length; i++) {
            int me = i;
            players[i] = Jdk21.unstartedVirtual("player-" + i, () -> {
                for (int round = 0; round < 3; round++) {
                    while (turn != me) {
                        LockSupport.park();
                    }
                    SAID.append(me == 0 ? "ping " : "pong ");
                    turn = 1 - me;
                    LockSupport.unpark(players[1 - me]);
                }
            });
        }
        for (Thread player : players) {
            player.start();
        }
        for (Thread player : players) {
            player.join();
        }
        System.out.println(SAID.toString().trim() + ", virtual " + Jdk21.isVirtual(players[0]));
    }
}
