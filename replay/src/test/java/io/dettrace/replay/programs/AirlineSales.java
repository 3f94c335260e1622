package io.dettrace.replay.programs;

/**
 * Agents ask whether a seat is left and book it in two calls, each of which is synchronized: one seat too many is sold.
 *
 * <p>Source: the airline program of the IBM concurrency benchmark (Eytani, Ur, "Compiling a benchmark of documented
 * multi-threaded bugs", IPDPS 2004).
 */
public final class AirlineSales {
    private static final int SEATS = 2;

    private int sold;

    private AirlineSales() {}

    public static void main(String[] args) throws InterruptedException {
        AirlineSales flight = new AirlineSales();
        Thread[] agents = new Thread[3];
        for (int i = 0; i < agents.length; i++) {
            agents[i] = new Thread(() -> sell(flight), "agent-" + i);
            agents[i].start();
        }
        for (Thread agent : agents) {
            agent.join();
        }
        System.out.println("sold " + flight.sold);
        if (flight.sold > SEATS) {
            throw new IllegalStateException("overbooked: " + flight.sold);
        }
    }

    private static void sell(AirlineSales flight) {
        if (flight.hasSeat()) { // fault: begin
            flight.book(); // fault: end, intruder
        }
    }

    private synchronized boolean hasSeat() {
        return sold < SEATS;
    }

    private synchronized void book() {
        sold++;
    }
}
