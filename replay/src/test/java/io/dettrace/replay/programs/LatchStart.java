package io.dettrace.replay.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A start signal and a done signal by CountDownLatch; the runners' order is printed. */
public final class LatchStart {
    private LatchStart() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(4);
        StringBuffer order = new StringBuffer();
        for (int i = 0; i < 4; i++) {
            int me = i;
            new Thread(() -> {
                        try {
                            start.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        order.append(me);
                        done.countDown();
                    })
                    .start();
        }
        System.out.println("too early " + done.await(2, TimeUnit.MILLISECONDS) + ", order '" + order + "'");
        start.countDown();
        done.await();
        System.out.println("order " + order);
    }
}
