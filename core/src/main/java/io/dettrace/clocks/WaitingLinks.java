package io.dettrace.clocks;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Links whose other end was not read yet, by its key. Holds up to {@value #MAX_LINKS} and then forgets the oldest half, so
 * that memory stays bounded.
 */
final class WaitingLinks {
    /** Links that may wait. */
    static final int MAX_LINKS = 2_000_000;

    private static final int NONE = -1;

    private final int max;
    private Generation young = new Generation();
    private Generation old = new Generation();
    private long forgotten;

    /** Takes a link that waited. */
    interface Sink {
        /** The event at the near end. */
        void waited(int lane, long time);
    }

    private static final class Generation {
        final Long2LongHashMap first = new Long2LongHashMap(NONE);
        int[] next = new int[64];
        int[] lane = new int[64];
        long[] time = new long[64];
        int used;
        int open;

        void add(long key, int l, long t) {
            if (used == next.length) {
                next = Arrays.copyOf(next, used * 2);
                lane = Arrays.copyOf(lane, used * 2);
                time = Arrays.copyOf(time, used * 2);
            }
            next[used] = (int) first.put(key, used);
            lane[used] = l;
            time[used++] = t;
            open++;
        }

        void take(long key, Sink sink) {
            for (int i = (int) first.remove(key); i != NONE; i = next[i]) {
                open--;
                sink.waited(lane[i], time[i]);
            }
        }
    }

    WaitingLinks() {
        this(MAX_LINKS);
    }

    WaitingLinks(int max) {
        this.max = max;
    }

    void add(long key, int lane, long time) {
        if (young.used >= max / 2) {
            forgotten += old.open;
            old = young;
            young = new Generation();
        }
        young.add(key, lane, time);
    }

    /** Hands over the links that waited for an event, and forgets them. */
    void take(long key, Sink sink) {
        if (young.open > 0) {
            young.take(key, sink);
        }
        if (old.open > 0) {
            old.take(key, sink);
        }
    }

    /** True if no link waits. */
    boolean isEmpty() {
        return young.open + old.open == 0;
    }

    /** Links whose other end did not come, or came too late. */
    long unresolved() {
        return forgotten + old.open + young.open;
    }
}
