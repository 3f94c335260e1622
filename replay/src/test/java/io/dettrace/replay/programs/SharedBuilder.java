package io.dettrace.replay.programs;

/**
 * Two threads append to one StringBuilder without a lock; characters are overwritten.
 *
 * <p>Source: the Java API, which names StringBuffer for several threads.
 */
public final class SharedBuilder {
    private final StringBuilder log = new StringBuilder();

    private SharedBuilder() {}

    public static void main(String[] args) throws InterruptedException {
        SharedBuilder shared = new SharedBuilder();
        Thread first = new Thread(() -> shared.write("left "), "first");
        Thread second = new Thread(() -> shared.write("right "), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println(shared.log);
        if (shared.log.length() != "left right ".length()) {
            System.exit(1);
        }
    }

    private void write(String text) {
        log.append(text); // fault: begin, end, intruder
    }
}
