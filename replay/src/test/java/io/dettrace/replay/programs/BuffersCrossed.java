package io.dettrace.replay.programs;

/** Two threads append two string buffers to each other: each holds its own lock and wants the other's. */
public final class BuffersCrossed {
    private static final StringBuffer LEFT = new StringBuffer("left");
    private static final StringBuffer RIGHT = new StringBuffer("right");

    private BuffersCrossed() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> join(LEFT, RIGHT), "first");
        Thread second = new Thread(() -> join(RIGHT, LEFT), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println(LEFT.length() + RIGHT.length() > 18 ? "joined" : "not joined");
    }

    private static void join(StringBuffer to, StringBuffer from) {
        to.append(from); // fault: begin, end, intruder
    }
}
