package io.dettrace.replay.programs;

/**
 * A read-write lock of one's own that lets a reader become the writer: two readers who do so wait for each other.
 *
 * <p>Source: the upgrade deadlock of database texts (Gray, Reuter 1992, conversion deadlock).
 */
public final class ReadWriteUpgrade {
    private int readers;
    private int value;

    private ReadWriteUpgrade() {}

    public static void main(String[] args) throws InterruptedException {
        ReadWriteUpgrade cell = new ReadWriteUpgrade();
        Thread first = new Thread(cell::increase, "first");
        Thread second = new Thread(cell::increase, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println("value " + cell.value);
    }

    private void increase() {
        lockRead(); // fault: begin, intruder
        int seen = value;
        upgrade(); // fault: end
        value = seen + 1;
        unlock();
    }

    private synchronized void lockRead() {
        readers++;
    }

    private synchronized void upgrade() {
        while (readers > 1) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private synchronized void unlock() {
        readers--;
        notifyAll();
    }
}
