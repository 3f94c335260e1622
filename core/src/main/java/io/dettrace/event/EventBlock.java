package io.dettrace.event;

import java.util.Arrays;

/**
 * A block of events in columns, the unit in which events travel from a reader to whoever consumes them.
 *
 * <p>One row is one event. Columns are plain arrays so that the hot loops allocate nothing and a hundred million events
 * cost about {@value #BYTES_PER_EVENT} bytes each plus their links. A block is filled by one thread and consumed by one
 * thread; it is not thread-safe.
 *
 * <p>Links are kept as compressed rows: the links of row {@code i} are the entries {@code linkStart[i]} (inclusive) to
 * {@code linkStart[i + 1]} (exclusive) of {@link #linkLane} and {@link #linkRef}.
 */
public final class EventBlock {
    /** Rows that a block holds at most. */
    public static final int CAPACITY = 4096;

    /** Memory of one row without its links, in bytes. */
    public static final int BYTES_PER_EVENT = 68;

    /** {@link #time} of an event that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** {@link #linkLane} of a link that names its target by identity ({@link #defines}) instead of by lane and clock. */
    public static final int BY_IDENTITY = -1;

    /**
     * {@link #linkLane} of a message: the first event of the run with this identity sends it, every later one receives
     * it.
     */
    public static final int BY_MESSAGE = -2;

    /** Number of rows in use, 0 to {@link #CAPACITY}. */
    public int size;

    /** Bytes of input read up to the end of this block, for progress. */
    public long bytesRead;

    /** Home lane, a number of the run's {@link LaneTable}. */
    public int[] lane;

    /** 64-bit digest of the label: kind and compared fields. Equal labels have equal digests. */
    public long[] label;

    /** 32-bit digest of the kind alone; equal to a fold of {@link #label} where the mapping declares no kind. */
    public int[] kind;

    /** Time in nanoseconds since the epoch of the run's own clock, or {@link #NO_TIME}. */
    public long[] time;

    /** The event's own logical clock in its lane, or 0 where the lane position (from 1) is the clock. */
    public long[] clock;

    /** 64-bit digest of the identity that links of others may name, or 0. */
    public long[] defines;

    /** Number of the source file in the run, from 0. */
    public int[] file;

    /** Line of the event's first byte, from 1. */
    public long[] line;

    /** Offset of the event's first byte in its (decompressed) file. */
    public long[] offset;

    /** Length of the event's text in bytes, without the line end. */
    public int[] length;

    /** Row starts into {@link #linkLane} and {@link #linkRef}; {@code linkStart[size]} is the number of links. */
    public int[] linkStart;

    /** Lane of the event that must come before, {@link #BY_IDENTITY} or {@link #BY_MESSAGE}. */
    public int[] linkLane;

    /** Clock of that event in its lane; otherwise the digest of the identity. */
    public long[] linkRef;

    /** An empty block. */
    public EventBlock() {
        lane = new int[CAPACITY];
        label = new long[CAPACITY];
        kind = new int[CAPACITY];
        time = new long[CAPACITY];
        clock = new long[CAPACITY];
        defines = new long[CAPACITY];
        file = new int[CAPACITY];
        line = new long[CAPACITY];
        offset = new long[CAPACITY];
        length = new int[CAPACITY];
        linkStart = new int[CAPACITY + 1];
        linkLane = new int[64];
        linkRef = new long[64];
    }

    private EventBlock(EventBlock shallow) {
        take(shallow);
    }

    /** True when no further row fits. */
    public boolean isFull() {
        return size == CAPACITY;
    }

    /** Empties the block for reuse. */
    public void clear() {
        size = 0;
        linkStart[0] = 0;
    }

    /** Exchanges everything with another block, without copying a row. */
    public void exchange(EventBlock other) {
        EventBlock mine = new EventBlock(this);
        take(other);
        other.take(mine);
    }

    private void take(EventBlock from) {
        size = from.size;
        bytesRead = from.bytesRead;
        lane = from.lane;
        label = from.label;
        kind = from.kind;
        time = from.time;
        clock = from.clock;
        defines = from.defines;
        file = from.file;
        line = from.line;
        offset = from.offset;
        length = from.length;
        linkStart = from.linkStart;
        linkLane = from.linkLane;
        linkRef = from.linkRef;
    }

    /** Number of links of the rows in use. */
    public int linkCount() {
        return linkStart[size];
    }

    /**
     * Adds a link to the row that is being filled, which is row {@code size}. Call before {@link #commit()}.
     *
     * @param pending links already added to this row
     * @return the number of links of this row now
     */
    public int addLink(int pending, int toLane, long ref) {
        int at = linkStart[size] + pending;
        if (at == linkLane.length) {
            linkLane = Arrays.copyOf(linkLane, Math.max(64, at * 2));
            linkRef = Arrays.copyOf(linkRef, Math.max(64, at * 2));
        }
        linkLane[at] = toLane;
        linkRef[at] = ref;
        return pending + 1;
    }

    /** Ends the row that is being filled. */
    public void commit(int pendingLinks) {
        linkStart[size + 1] = linkStart[size] + pendingLinks;
        size++;
    }
}
