package io.dettrace.replay.programs;

/** One StringBuffer written by three threads, now and then under its own monitor from outside. */
public final class SharedStringBuffer {
    private static final StringBuffer TEXT = new StringBuffer();

    private SharedStringBuffer() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            char name = (char) ('a' + i);
            threads[i] = new Thread(() -> write(name));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(TEXT + " " + TEXT.length());
    }

    private static void write(char name) {
        TEXT.append(name).append(name);
        synchronized (TEXT) {
            TEXT.append('(').append(name);
            TEXT.append(')');
        }
        TEXT.insert(0, name);
    }
}
