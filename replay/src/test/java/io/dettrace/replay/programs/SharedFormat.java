package io.dettrace.replay.programs;

/**
 * A formatter with a work area of its own, like SimpleDateFormat, shared by two threads.
 *
 * <p>Source: the documented hazard of SimpleDateFormat (JDK-4228335); Bloch, Gafter, Java Puzzlers style.
 */
public final class SharedFormat {
    private int hours;
    private int minutes;

    private SharedFormat() {}

    public static void main(String[] args) throws InterruptedException {
        SharedFormat format = new SharedFormat();
        Thread first = new Thread(() -> check(format, 125, 205), "first");
        Thread second = new Thread(() -> check(format, 61, 101), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("formatted");
    }

    private static void check(SharedFormat format, int time, int expected) {
        int shown = format.format(time);
        if (shown != expected) {
            throw new IllegalStateException(time + " became " + shown + ", expected " + expected);
        }
    }

    private int format(int time) {
        hours = time / 60; // fault: begin, intruder
        minutes = time % 60; // fault: intruder
        int head = 100 * hours;
        return head + minutes; // fault: end
    }
}
