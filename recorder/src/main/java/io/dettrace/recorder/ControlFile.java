package io.dettrace.recorder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The counters of a recording, in its control file: what was dropped, and whether the recorder was closed. Mapped like
 * the segments, so they too outlive the process. Behind the header, one word each, in the order of {@link Counter}.
 */
final class ControlFile {
    static final int SIZE = 4096;

    /** What is counted. */
    enum Counter {
        /** Events dropped because there was no room for them. */
        DROPPED_NEWEST,
        /** Events deleted with the oldest segments. */
        DROPPED_OLDEST,
        /** Events larger than an event may be. */
        DROPPED_OVERSIZED,
        /** Events that could not be written: after the end, or as the mapped file failed. */
        DROPPED_FAILED,
        /** 1 once the recorder was closed. */
        CLOSED,
        /** Segments deleted by the recorder itself. */
        DELETED_SEGMENTS
    }

    private final ByteBuffer bytes;

    /** Counters in {@code bytes}, a mapped file. */
    ControlFile(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Counters for a recorder that keeps no files, or could not make one. */
    static ControlFile inMemory() {
        return new ControlFile(ByteBuffer.allocateDirect(SIZE).order(ByteOrder.LITTLE_ENDIAN));
    }

    void add(Counter counter, long n) {
        long ignored = (long) SegmentFormat.WORD.getAndAdd(bytes, place(counter), n);
    }

    long get(Counter counter) {
        return (long) SegmentFormat.WORD.getVolatile(bytes, place(counter));
    }

    private static int place(Counter counter) {
        return SegmentFormat.HEADER_BYTES + 8 * counter.ordinal();
    }
}
