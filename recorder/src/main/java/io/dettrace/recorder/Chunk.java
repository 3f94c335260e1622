package io.dettrace.recorder;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The place in a segment that one thread writes to. */
final class Chunk {
    private static final VarHandle EVENTS;

    static {
        try {
            EVENTS = MethodHandles.lookup().findVarHandle(Chunk.class, "events", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Segment segment;
    final int limit;
    /** Where the next record begins; the owner's alone. */
    int at;
    /** How many of the events the dropped count holds already; guarded by the store. */
    long counted;
    /** Events known to have reached the file before it was deleted; written by the owner, read by who deletes. */
    private long events;

    Chunk(Segment segment, int at, int limit) {
        this.segment = segment;
        this.at = at;
        this.limit = limit;
    }

    long events() {
        return (long) EVENTS.getAcquire(this);
    }

    void countEvent() {
        EVENTS.setRelease(this, events + 1);
    }
}
