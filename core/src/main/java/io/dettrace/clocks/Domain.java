package io.dettrace.clocks;

/** A clock domain while messages are collected. */
final class Domain {
    private static final long COARSEST = 1_000_000_000L;

    final String name;
    final int number;
    long sent;
    long received;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;

    /** The largest power of ten, up to a second, of which all times are multiples. */
    long resolution = COARSEST;

    Domain(String name, int number) {
        this.name = name;
        this.number = number;
    }

    /** Takes the time of any event. */
    void time(long t) {
        while (resolution > 1 && t % resolution != 0) {
            resolution /= 10;
        }
    }

    /** Takes the time of an event that sends or receives. */
    void message(long t) {
        earliest = Math.min(earliest, t);
        latest = Math.max(latest, t);
    }

    /** The middle of its messages. */
    long middle() {
        return earliest > latest ? 0 : (earliest & latest) + ((earliest ^ latest) >> 1);
    }
}
