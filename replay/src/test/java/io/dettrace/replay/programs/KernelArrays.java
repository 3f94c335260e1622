package io.dettrace.replay.programs;

/** Two threads that sieve primes over and over, each in one half of a shared array. Argument: rounds. */
public final class KernelArrays {
    private static final int ROUNDS = 8;
    private static final int HALF = 200_000;

    private KernelArrays() {}

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        byte[] composite = new byte[2 * HALF];
        int[] primes = new int[2];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> primes[me] = sieve(composite, me * HALF, rounds), "worker-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(primes[0] + " " + primes[1]);
    }

    private static int sieve(byte[] composite, int from, int rounds) {
        int found = 0;
        for (int round = 0; round < rounds; round++) {
            found = 0;
            for (int i = 2; i < HALF; i++) {
                if (composite[from + i] != (byte) (round + 1)) {
                    found++;
                    for (long k = (long) i * i; k < HALF; k += i) {
                        composite[from + (int) k] = (byte) (round + 1);
                    }
                }
            }
        }
        return found;
    }
}
