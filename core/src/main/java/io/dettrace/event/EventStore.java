package io.dettrace.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All events of a run in memory, in columns: about {@link EventBlock#BYTES_PER_EVENT} bytes an event and 12 a link.
 * Readers stream and need no store; it serves those who must go over a run many times.
 */
public final class EventStore {
    private final List<EventBlock> blocks = new ArrayList<>();
    private long size;

    /** Reads {@code cursor} to its end and closes it. */
    public static EventStore load(EventCursor cursor) throws IOException {
        EventStore store = new EventStore();
        try (cursor) {
            EventBlock block = new EventBlock();
            while (cursor.next(block)) {
                block.linkLane = Arrays.copyOf(block.linkLane, block.linkCount());
                block.linkRef = Arrays.copyOf(block.linkRef, block.linkCount());
                store.blocks.add(block);
                store.size += block.size;
                block = new EventBlock();
            }
        }
        return store;
    }

    /** Number of events. */
    public long size() {
        return size;
    }

    /** The blocks in recorded order; every block but the last may be partly filled. */
    public List<EventBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** A pass over the stored events. */
    public EventCursor cursor() {
        return new EventCursor() {
            private int at;

            @Override
            public boolean next(EventBlock block) {
                if (at == blocks.size()) {
                    block.clear();
                    return false;
                }
                copy(blocks.get(at++), block);
                return true;
            }

            @Override
            public void close() {
                at = blocks.size();
            }
        };
    }

    private static void copy(EventBlock from, EventBlock to) {
        int n = from.size;
        to.size = n;
        to.bytesRead = from.bytesRead;
        System.arraycopy(from.lane, 0, to.lane, 0, n);
        System.arraycopy(from.label, 0, to.label, 0, n);
        System.arraycopy(from.kind, 0, to.kind, 0, n);
        System.arraycopy(from.time, 0, to.time, 0, n);
        System.arraycopy(from.clock, 0, to.clock, 0, n);
        System.arraycopy(from.defines, 0, to.defines, 0, n);
        System.arraycopy(from.file, 0, to.file, 0, n);
        System.arraycopy(from.line, 0, to.line, 0, n);
        System.arraycopy(from.offset, 0, to.offset, 0, n);
        System.arraycopy(from.length, 0, to.length, 0, n);
        System.arraycopy(from.linkStart, 0, to.linkStart, 0, n + 1);
        to.linkLane = from.linkLane.clone();
        to.linkRef = from.linkRef.clone();
    }
}
