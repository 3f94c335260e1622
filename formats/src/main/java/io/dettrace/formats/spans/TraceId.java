package io.dettrace.formats.spans;

/** A trace's identifier of 128 bits; one of 64 bits has a high half of zero. */
record TraceId(long high, long low) {
    static final TraceId NONE = new TraceId(0, 0);

    /** True for all zeros, which the W3C recommendation "Trace Context" calls invalid. */
    boolean isZero() {
        return high == 0 && low == 0;
    }

    /**
     * What tells traces apart: the low half, because some tracers and Zipkin cut the high one off on the way; the high one
     * if the low one is zero.
     */
    long key() {
        return low != 0 ? low : high;
    }

    /** In lower-case hexadecimal of 32 digits. */
    String hex() {
        return Ids.hex(high) + Ids.hex(low);
    }
}
