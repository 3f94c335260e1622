package io.dettrace.replay.programs;

import java.util.concurrent.Phaser;

/** A Phaser with parties that leave after one, two and three rounds, and an end of its own. */
public final class PhaserRounds {
    private PhaserRounds() {}

    public static void main(String[] args) {
        StringBuffer order = new StringBuffer();
        Phaser phaser = new Phaser(1) {
            @Override
            protected boolean onAdvance(int phase, int parties) {
                order.append('|').append(parties);
                return phase == 3 || parties == 0;
            }
        };
        for (int i = 1; i <= 3; i++) {
            int rounds = i;
            phaser.register();
            new Thread(() -> {
                        for (int round = 1; round < rounds; round++) {
                            order.append(rounds);
                            phaser.arriveAndAwaitAdvance();
                        }
                        order.append(rounds);
                        phaser.arriveAndDeregister();
                    })
                    .start();
        }
        while (!phaser.isTerminated()) {
            phaser.arriveAndAwaitAdvance();
        }
        System.out.println(order + ", ended " + phaser.isTerminated());
    }
}
