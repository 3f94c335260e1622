package io.dettrace.replay.programs;

/** Two threads write into one text under a lock, without taking turns; the mixture is printed. */
public final class TwoThreads {
    private static final StringBuilder TEXT = new StringBuilder();

    private TwoThreads() {}

    public static void main(String[] args) throws InterruptedException {
        Thread small = new Thread(() -> write('a'), "small");
        Thread large = new Thread(() -> write('A'), "large");
        small.start();
        large.start();
        small.join();
        large.join();
        System.out.println(TEXT);
    }

    private static void write(char from) {
        for (int i = 0; i < 8; i++) {
            synchronized (TEXT) {
                TEXT.append((char) (from + i));
            }
        }
    }
}
