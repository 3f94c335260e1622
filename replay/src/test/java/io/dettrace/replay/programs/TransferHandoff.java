package io.dettrace.replay.programs;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;

/** A LinkedTransferQueue: put returns at once, transfer only when the element is taken. */
public final class TransferHandoff {
    private TransferHandoff() {}

    public static void main(String[] args) throws InterruptedException {
        LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
        StringBuffer said = new StringBuffer();
        Thread producer = new Thread(
                () -> {
                    try {
                        queue.put("put");
                        queue.transfer("transfer");
                        said.append("transferred ");
                        queue.put("last");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "producer");
        producer.start();
        for (int i = 0; i < 3; i++) {
            said.append(queue.take()).append(' ');
        }
        producer.join();
        System.out.println(said + "try " + queue.tryTransfer("x") + queue.tryTransfer("y", 1, TimeUnit.MILLISECONDS));
    }
}
