package io.dettrace.replay.programs;

/**
 * Four virtual threads reserve seats by check and act on a plain field. JDK 21 or newer.
 *
 * <p>Source: the atomicity violation of Lu et al., ASPLOS 2008, on virtual threads.
 */
public final class VirtualRace {
    private static int free = 2;
    private static int sold;

    private VirtualRace() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] buyers = new Thread[4];
        for (int i = 0; i < buyers.length; i++) {
            buyers[i] = Jdk21.startVirtual("buyer-" + i, VirtualRace::buy);
        }
        for (Thread buyer : buyers) {
            buyer.join();
        }
        System.out.println("sold " + sold + ", free " + free);
        if (sold + free != 2) {
            throw new IllegalStateException("2 seats became " + (sold + free));
        }
    }

    private static void buy() {
        int left = free; // fault: begin
        if (left > 0) {
            free = left - 1; // fault: end, intruder
            synchronized (VirtualRace.class) {
                sold++;
            }
        }
    }
}
