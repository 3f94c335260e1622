package io.dettrace.replay.programs;

/** Two threads that read and write fields of objects of their own, and now and then one in common. Argument: rounds. */
public final class KernelFields {
    private static final int ROUNDS = 1_000_000;
    private static volatile int met;

    private int a = 1;
    private int b = 1;
    private long sum;

    private KernelFields() {}

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        KernelFields[] cells = {new KernelFields(), new KernelFields()};
        Thread[] threads = new Thread[cells.length];
        for (int i = 0; i < threads.length; i++) {
            KernelFields cell = cells[i];
            threads[i] = new Thread(() -> cell.work(rounds), "worker-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(cells[0].sum + " " + cells[1].sum);
    }

    private void work(int rounds) {
        for (int i = 0; i < rounds; i++) {
            int next = a * 31 + b;
            a = b;
            b = next ^ i;
            sum += next & 7;
            if ((i & 0xffff) == 0) {
                met = i;
            }
        }
    }
}
