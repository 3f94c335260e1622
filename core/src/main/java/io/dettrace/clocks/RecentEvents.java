package io.dettrace.clocks;

import java.util.Arrays;

/**
 * Lane and time of the events that links may name, by a 64-bit key. Holds up to {@value #MAX_EVENTS} and then forgets the
 * oldest half, so that memory stays bounded. No allocation per event.
 */
final class RecentEvents {
    /** Events that are remembered. */
    static final int MAX_EVENTS = 4_000_000;

    private static final int FIRST_SLOTS = 1 << 10;

    private Generation young = new Generation(FIRST_SLOTS);
    private Generation old = new Generation(2);
    private final int max;
    private Generation found;
    private int slot;

    /** Open addressing with linear probing; key 0 marks a free slot. */
    private static final class Generation {
        long[] keys;
        long[] times;
        int[] lanes;
        int size;

        Generation(int slots) {
            keys = new long[slots];
            times = new long[slots];
            lanes = new int[slots];
        }

        int slot(long key) {
            int mask = keys.length - 1;
            int at = (int) (key ^ key >>> 32) & mask;
            while (keys[at] != 0 && keys[at] != key) {
                at = at + 1 & mask;
            }
            return at;
        }

        void put(long key, int lane, long time) {
            if (size * 2 >= keys.length) {
                grow();
            }
            int at = slot(key);
            keys[at] = key;
            times[at] = time;
            lanes[at] = lane;
            size++;
        }

        private void grow() {
            long[] k = keys;
            long[] t = times;
            int[] l = lanes;
            keys = new long[k.length * 2];
            times = new long[k.length * 2];
            lanes = new int[k.length * 2];
            for (int i = 0; i < k.length; i++) {
                if (k[i] != 0) {
                    int at = slot(k[i]);
                    keys[at] = k[i];
                    times[at] = t[i];
                    lanes[at] = l[i];
                }
            }
        }

        void clear() {
            Arrays.fill(keys, 0);
            size = 0;
        }
    }

    RecentEvents() {
        this(MAX_EVENTS);
    }

    RecentEvents(int max) {
        this.max = max;
    }

    /** Remembers an event; false if an earlier one has the key. Keys are not 0. */
    boolean put(long key, int lane, long time) {
        if (find(key)) {
            return false;
        }
        if (young.size >= max / 2) {
            Generation free = old;
            old = young;
            young = free.keys.length > 2 ? free : new Generation(FIRST_SLOTS);
            young.clear();
        }
        young.put(key, lane, time);
        return true;
    }

    /** True if there is an event with this key; {@link #lane} and {@link #time} then tell of it. */
    boolean find(long key) {
        slot = young.slot(key);
        found = young;
        if (young.keys[slot] == key) {
            return true;
        }
        slot = old.slot(key);
        found = old;
        return old.keys[slot] == key;
    }

    /** Lane of the event found last. */
    int lane() {
        return found.lanes[slot];
    }

    /** Time of the event found last. */
    long time() {
        return found.times[slot];
    }
}
