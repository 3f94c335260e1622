package io.dettrace.compare;

import org.agrona.collections.Long2LongHashMap;

/**
 * Which event of a run has which identity: the first event that defined it. Holds up to {@value #MAX_ENTRIES} identities in
 * two generations, so that memory stays bounded; identities that were not asked for while half as many others were
 * defined are forgotten.
 */
final class Identities {
    static final int MAX_ENTRIES = 1_500_000;

    private static final int ORDINAL_BITS = 40;
    private static final long ABSENT = -1;

    /** Two of 16 MB at their fullest, 2^20 slots. */
    private static final float LOAD = 0.75f;

    private Long2LongHashMap young = generation();
    private Long2LongHashMap old = generation();
    private boolean forgetful;

    private static Long2LongHashMap generation() {
        return new Long2LongHashMap(16, LOAD, ABSENT);
    }

    /** Takes the identity of an event; false if an earlier event has it. */
    boolean define(long identity, int lane, long ordinal) {
        if (get(identity) != ABSENT) {
            return false;
        }
        put(identity, (long) lane << ORDINAL_BITS | ordinal);
        return true;
    }

    /** True once an identity was forgotten: one that is not found may have been defined. */
    boolean isForgetful() {
        return forgetful;
    }

    private void put(long identity, long event) {
        if (young.size() >= MAX_ENTRIES / 2) {
            Long2LongHashMap forgotten = old;
            forgetful |= !forgotten.isEmpty();
            forgotten.clear();
            old = young;
            young = forgotten;
        }
        young.put(identity, event);
    }

    private long get(long identity) {
        long found = young.get(identity);
        if (found == ABSENT) {
            found = old.get(identity);
            if (found != ABSENT) {
                old.remove(identity);
                put(identity, found);
            }
        }
        return found;
    }

    /** Lane of the event, or -1 if no event is known by this identity. */
    int lane(long identity) {
        long found = get(identity);
        return found == ABSENT ? -1 : (int) (found >>> ORDINAL_BITS);
    }

    /** Position in the lane, or -1 if no event is known by this identity. */
    long ordinal(long identity) {
        long found = get(identity);
        return found == ABSENT ? -1 : found & (1L << ORDINAL_BITS) - 1;
    }
}
