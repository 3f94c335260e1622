package io.dettrace.replay.programs;

/**
 * Two owners close one resource; both see it open and release the handle twice.
 *
 * <p>Source: double free by atomicity violation, Lu et al., ASPLOS 2008 (Apache bug 21287).
 */
public final class DoubleClose {
    private volatile boolean open = true;
    private int handles = 1;

    private DoubleClose() {}

    public static void main(String[] args) throws InterruptedException {
        DoubleClose file = new DoubleClose();
        Thread reader = new Thread(file::close, "reader");
        Thread cleaner = new Thread(file::close, "cleaner");
        reader.start();
        cleaner.start();
        reader.join();
        cleaner.join();
        System.out.println("handles " + file.handles);
    }

    private void close() {
        if (open) { // fault: begin
            release();
            open = false; // fault: end, intruder
        }
    }

    private synchronized void release() {
        if (handles == 0) {
            throw new IllegalStateException("released twice");
        }
        handles--;
    }
}
