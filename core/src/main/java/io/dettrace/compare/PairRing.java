package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import io.dettrace.event.SourceRef;
import java.util.ArrayList;
import java.util.List;

/** The last matched pairs of a lane, in columns: writing one allocates nothing. */
final class PairRing {
    /** Longs of one event: those that a queue writes, then its place in its lane. */
    private static final int LONGS = 6;

    private final int capacity;
    private final long[] values;
    private long written;
    private int start;

    PairRing(int capacity) {
        this.capacity = capacity;
        values = new long[capacity * 2 * LONGS];
    }

    /** Starts a pair; then both sides are put. */
    void advance() {
        start = written++ == 0 || start + 2 * LONGS == values.length ? 0 : start + 2 * LONGS;
    }

    private int at(Side side) {
        return start + side.ordinal() * LONGS;
    }

    void put(Side side, EventQueue queue, long ordinal) {
        if (capacity > 0) {
            int at = at(side);
            queue.copyHead(values, at);
            values[at + 5] = ordinal;
        }
    }

    void put(Side side, EventBlock b, int row, long index, long ordinal) {
        if (capacity > 0) {
            int at = at(side);
            values[at] = index;
            values[at + 1] = b.time[row];
            values[at + 2] = b.line[row];
            values[at + 3] = b.offset[row];
            values[at + 4] = pack(b.file[row], b.length[row]);
            values[at + 5] = ordinal;
        }
    }

    static long pack(int file, int length) {
        return (long) file << 32 | length;
    }

    /** The pairs, oldest first. */
    List<MatchedPair> toList(String lane) {
        List<MatchedPair> pairs = new ArrayList<>();
        for (long i = Math.max(0, written - capacity); i < written; i++) {
            int at = (int) (i % capacity) * 2 * LONGS;
            pairs.add(new MatchedPair(point(lane, at), point(lane, at + LONGS)));
        }
        return pairs;
    }

    private EventPoint point(String lane, int at) {
        SourceRef source =
                new SourceRef((int) (values[at + 4] >>> 32), values[at + 2], values[at + 3], (int) values[at + 4]);
        return new EventPoint(lane, values[at], values[at + 5], values[at + 1], source);
    }
}
