package io.dettrace.compare;

import org.agrona.collections.Long2LongHashMap;

/**
 * Which event of a run has which identity: the first event that defined it. Holds up to {@value #MAX_ENTRIES}
 * identities and then forgets the oldest, in two generations, so that memory stays bounded.
 */
final class Identities {
    static final int MAX_ENTRIES = 4_000_000;

    private static final int ORDINAL_BITS = 40;
    private static final long ABSENT = -1;

    private Long2LongHashMap young = new Long2LongHashMap(ABSENT);
    private Long2LongHashMap old = new Long2LongHashMap(ABSENT);

    /** Takes the identity of an event; false if an earlier event has it. */
    boolean define(long identity, int lane, long ordinal) {
        if (get(identity) != ABSENT) {
            return false;
        }
        if (young.size() >= MAX_ENTRIES / 2) {
            old = young;
            young = new Long2LongHashMap(ABSENT);
        }
        young.put(identity, (long) lane << ORDINAL_BITS | ordinal);
        return true;
    }

    private long get(long identity) {
        long found = young.get(identity);
        return found != ABSENT ? found : old.get(identity);
    }

    /** Lane of the event, or -1 if no event has this identity. */
    int lane(long identity) {
        long found = get(identity);
        return found == ABSENT ? -1 : (int) (found >>> ORDINAL_BITS);
    }

    /** Position in the lane, or -1 if no event has this identity. */
    long ordinal(long identity) {
        long found = get(identity);
        return found == ABSENT ? -1 : found & (1L << ORDINAL_BITS) - 1;
    }
}
