package io.dettrace.replay.programs;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A method leaves its lock held when its input is gone; the input is taken away between the check and the work.
 *
 * <p>Source: "missing unlock on an exceptional path", FindBugs UL_UNRELEASED_LOCK (Ayewah, Pugh 2008).
 */
public final class LockLeftOnError {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile String input = "data";

    private LockLeftOnError() {}

    public static void main(String[] args) throws InterruptedException {
        Thread parser = new Thread(LockLeftOnError::parse, "parser");
        Thread reset = new Thread(() -> input = null, "reset"); // fault: intruder
        parser.start();
        reset.start();
        parser.join();
        reset.join();
        LOCK.lock();
        System.out.println("parsed");
        LOCK.unlock();
    }

    private static void parse() {
        if (input == null) { // fault: begin
            return;
        }
        LOCK.lock();
        String text = input; // fault: end
        if (text == null) {
            return; // and the lock stays locked
        }
        System.out.println("length " + text.length());
        LOCK.unlock();
    }
}
