package io.dettrace.incident.window;

import java.util.Arrays;

/** Spans in the order in which they came. */
final class SpanColumns {
    int size;
    long[] traceHigh = new long[64];
    long[] traceLow = new long[64];
    long[] id = new long[64];
    long[] parentId = new long[64];
    long[] start = new long[64];
    long[] end = new long[64];
    int[] service = new int[64];
    int[] instance = new int[64];
    int[] version = new int[64];
    int[] operation = new int[64];
    int[] peer = new int[64];
    byte[] flags = new byte[64];
    float[] weight = new float[64];

    /** Makes room for one more and gives its number. */
    int add() {
        if (size == id.length) {
            int more = size + (size >> 1);
            traceHigh = Arrays.copyOf(traceHigh, more);
            traceLow = Arrays.copyOf(traceLow, more);
            id = Arrays.copyOf(id, more);
            parentId = Arrays.copyOf(parentId, more);
            start = Arrays.copyOf(start, more);
            end = Arrays.copyOf(end, more);
            service = Arrays.copyOf(service, more);
            instance = Arrays.copyOf(instance, more);
            version = Arrays.copyOf(version, more);
            operation = Arrays.copyOf(operation, more);
            peer = Arrays.copyOf(peer, more);
            flags = Arrays.copyOf(flags, more);
            weight = Arrays.copyOf(weight, more);
        }
        return size++;
    }

    /** A number for a trace; two of n traces share one with probability n²/2⁶⁵. */
    static long key(long high, long low) {
        long mixed = (high ^ (high >>> 32)) * 0x9E3779B97F4A7C15L;
        return Long.rotateLeft(mixed, 29) * 0xBF58476D1CE4E5B9L ^ low;
    }
}
