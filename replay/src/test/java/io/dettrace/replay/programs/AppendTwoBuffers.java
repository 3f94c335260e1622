package io.dettrace.replay.programs;

/**
 * Appending one synchronized buffer to another asks its length first and copies later; the other may shrink between.
 *
 * <p>Source: StringBuffer.append(StringBuffer) of JDK 1.4, Flanagan, Qadeer, "Atomicity", PLDI 2003; in JaConTeBe.
 */
public final class AppendTwoBuffers {
    private final char[] chars = new char[16];
    private int length;

    private AppendTwoBuffers(String text) {
        text.getChars(0, text.length(), chars, 0);
        length = text.length();
    }

    public static void main(String[] args) throws InterruptedException {
        AppendTwoBuffers target = new AppendTwoBuffers("abc");
        AppendTwoBuffers source = new AppendTwoBuffers("defg");
        Thread appender = new Thread(() -> target.append(source), "appender");
        Thread eraser = new Thread(() -> source.setLength(0), "eraser");
        appender.start();
        eraser.start();
        appender.join();
        eraser.join();
        System.out.println(new String(target.chars, 0, target.length));
    }

    private synchronized void append(AppendTwoBuffers other) {
        int more = other.length(); // fault: begin
        other.copyTo(more, chars, length); // fault: end
        length += more;
    }

    private synchronized int length() {
        return length;
    }

    private synchronized void setLength(int next) {
        length = next; // fault: intruder
    }

    private synchronized void copyTo(int count, char[] target, int at) {
        if (count > length) {
            throw new IllegalStateException(count + " characters asked for, " + length + " are there");
        }
        System.arraycopy(chars, 0, target, at, count);
    }
}
