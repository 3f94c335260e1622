package io.dettrace.replay.programs;

import java.util.concurrent.Exchanger;

/** Two threads swap buffers by an Exchanger: one fills, the other empties. */
public final class ExchangerSwap {
    private ExchangerSwap() {}

    public static void main(String[] args) throws InterruptedException {
        Exchanger<StringBuilder> exchanger = new Exchanger<>();
        Thread filler = new Thread(() -> fill(exchanger), "filler");
        filler.start();
        StringBuilder buffer = new StringBuilder();
        for (int round = 0; round < 3; round++) {
            buffer.setLength(0);
            buffer = exchanger.exchange(buffer);
            System.out.println(buffer);
        }
        filler.join();
    }

    private static void fill(Exchanger<StringBuilder> exchanger) {
        try {
            StringBuilder buffer = new StringBuilder();
            for (int round = 0; round < 3; round++) {
                buffer.append("round ").append(round);
                buffer = exchanger.exchange(buffer);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
