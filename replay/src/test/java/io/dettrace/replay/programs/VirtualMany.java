package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two hundred virtual threads that count, each started by the one before or by main. JDK 21 or newer. */
public final class VirtualMany {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private VirtualMany() {}

    public static void main(String[] args) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(Jdk21.startVirtual(() -> {
                COUNT.incrementAndGet();
                Thread child = Jdk21.startVirtual("child", COUNT::incrementAndGet);
                try {
                    child.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("count " + COUNT);
    }
}
