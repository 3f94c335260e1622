package io.dettrace.server.live;

import java.util.concurrent.atomic.AtomicLongArray;

/** A number for each {@link Counter}. Thread-safe. */
public final class Counts {
    private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);

    /** All are 0. */
    public Counts() {}

    /** Counts so many more. */
    public void add(Counter counter, long more) {
        counts.addAndGet(counter.ordinal(), more);
    }

    /** Begins anew. */
    void reset() {
        for (int i = 0; i < counts.length(); i++) {
            counts.set(i, 0);
        }
    }

    /** How many there were. */
    public long get(Counter counter) {
        return counts.get(counter.ordinal());
    }
}
