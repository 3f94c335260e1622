package io.dettrace.replay.programs;

/** The holder idiom: one instance, made by the first who asks, which is printed. */
public final class LazyHolder {
    private static final class Holder {
        private static final LazyHolder INSTANCE = new LazyHolder();
    }

    private final String maker = Thread.currentThread().getName();
    private int uses;

    private LazyHolder() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> Holder.INSTANCE.use(), "user-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("made by " + Holder.INSTANCE.maker + ", uses " + Holder.INSTANCE.uses);
    }

    private synchronized void use() {
        uses++;
    }
}
