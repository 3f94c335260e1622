package io.dettrace.replay.programs;

import java.util.concurrent.atomic.AtomicInteger;

/** Each thread numbers itself by a ThreadLocal; a child inherits its parent's mark. */
public final class ThreadLocals {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final ThreadLocal<Integer> NUMBER = ThreadLocal.withInitial(NEXT::incrementAndGet);
    private static final InheritableThreadLocal<String> MARK = new InheritableThreadLocal<>();

    private ThreadLocals() {}

    public static void main(String[] args) throws InterruptedException {
        MARK.set("main");
        Thread[] threads = new Thread[3];
        String[] said = new String[threads.length];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> {
                int first = NUMBER.get();
                MARK.set(MARK.get() + "/" + me);
                said[me] = "number " + first + ", again " + NUMBER.get() + ", mark " + MARK.get();
            });
            threads[i].start();
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            System.out.println(said[i]);
        }
        System.out.println("main number " + NUMBER.get() + ", mark " + MARK.get());
    }
}
