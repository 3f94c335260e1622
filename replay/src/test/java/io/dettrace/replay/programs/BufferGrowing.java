package io.dettrace.replay.programs;

/**
 * One buffer is appended to another while a third thread makes it longer: its length is asked first, its characters are
 * copied later, and each of the two is locked alone.
 *
 * <p>Source: the StringBuffer fault of Flanagan and Qadeer, "A Type and Effect System for Atomicity", PLDI 2003, with today's
 * StringBuffer.
 */
public final class BufferGrowing {
    private static final StringBuffer REPORT = new StringBuffer("report: ");
    private static final StringBuffer DETAIL = new StringBuffer("all is well with the first machine");

    private BufferGrowing() {}

    public static void main(String[] args) throws InterruptedException {
        Thread writer = new Thread(BufferGrowing::write, "writer");
        Thread machine = new Thread(BufferGrowing::extend, "machine");
        writer.start();
        machine.start();
        writer.join();
        machine.join();
        System.out.println(REPORT.length() > DETAIL.length() ? "whole" : "cut");
    }

    private static void write() {
        REPORT.append(DETAIL); // fault: begin, end
    }

    private static void extend() {
        DETAIL.append(", and with the second, the third, the fourth, the fifth, and the sixth too"); // fault: intruder
    }
}
