package io.dettrace.server.live;

/**
 * A request that is complete.
 *
 * @param traceHigh upper 64 bits of its trace's identifier
 * @param traceLow lower 64 bits
 * @param entry number of the name of its entry point: service and operation of its root
 * @param items how many spans and log records it has
 * @param bytes what {@link RequestWriter} wrote
 */
record StoredRequest(long traceHigh, long traceLow, int entry, int items, byte[] bytes)
        implements Comparable<StoredRequest> {
    /** A digest of the trace alone: which requests are sampled depends on nothing else. */
    static long order(long traceHigh, long traceLow) {
        long x = traceHigh * 0x9E3779B97F4A7C15L ^ traceLow;
        // The finalizer of MurmurHash3 (Appleby), so that traces counted up are spread as well.
        x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
        return x ^ x >>> 33;
    }

    @Override
    public int compareTo(StoredRequest other) {
        int byOrder = Long.compareUnsigned(order(traceHigh, traceLow), order(other.traceHigh, other.traceLow));
        if (byOrder != 0) {
            return byOrder;
        }
        int byHigh = Long.compareUnsigned(traceHigh, other.traceHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(traceLow, other.traceLow);
    }
}
