package io.dettrace.replay.programs;

/**
 * A buffer whose take waits with {@code if} instead of {@code while}: the awakened consumer may find it empty again.
 *
 * <p>Source: Farchi, Nir, Ur, "Concurrent bug patterns and how to test them", IPDPS 2003; Magee, Kramer, Concurrency.
 */
public final class BoundedBufferIf {
    private final int[] items = new int[4];
    private int count;
    private int sum;

    private BoundedBufferIf() {}

    public static void main(String[] args) throws InterruptedException {
        BoundedBufferIf buffer = new BoundedBufferIf();
        Thread early = new Thread(buffer::take, "early");
        Thread producer = new Thread(buffer::produce, "producer");
        Thread late = new Thread(buffer::take, "late");
        early.start();
        producer.start();
        late.start();
        early.join();
        producer.join();
        late.join();
        System.out.println("sum " + buffer.sum);
    }

    private void produce() {
        put(5);
        put(6);
    }

    private synchronized void put(int item) {
        items[count++] = item;
        notifyAll(); // fault: intruder
    }

    private synchronized void take() { // fault: intruder
        if (count == 0) { // fault: begin
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (count == 0) { // fault: end
            throw new IllegalStateException("taken from an empty buffer");
        }
        sum += items[--count]; // fault: intruder
    }
}
