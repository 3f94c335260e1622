package io.dettrace.replay.programs;

/**
 * A reader copies two fields of an account while a writer changes both, each field volatile by itself.
 *
 * <p>Source: multi-variable atomicity violation, Lu et al., MUVI, SOSP 2007.
 */
public final class TornSnapshot {
    private static volatile int cash = 100;
    private static volatile int shares;

    private TornSnapshot() {}

    public static void main(String[] args) throws InterruptedException {
        Thread auditor = new Thread(TornSnapshot::audit, "auditor");
        Thread trader = new Thread(TornSnapshot::trade, "trader");
        auditor.start();
        trader.start();
        auditor.join();
        trader.join();
        System.out.println(cash + " cash, " + shares + " shares");
    }

    private static void audit() {
        int seenCash = cash; // fault: begin, intruder
        int seenShares = shares; // fault: end, intruder
        if (seenCash + 10 * seenShares != 100) {
            throw new IllegalStateException("the books say " + (seenCash + 10 * seenShares));
        }
    }

    private static void trade() {
        cash = cash - 30; // fault: begin, intruder
        shares = shares + 3; // fault: end, intruder
    }
}
