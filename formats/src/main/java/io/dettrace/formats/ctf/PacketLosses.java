package io.dettrace.formats.ctf;

import io.dettrace.formats.ReadContext;

/** Tells what a tracer lost: events it counted as discarded, and packets missing in the numbering. */
final class PacketLosses {
    private final String file;
    private final ReadContext context;
    private long discarded;
    private long sequence;
    private boolean first = true;

    PacketLosses(String file, ReadContext context) {
        this.file = file;
        this.context = context;
    }

    /** Looks at the packet whose context was read; {@code at} is a byte of it. */
    void look(Decoding values, long at) {
        if (values.has(Meaning.EVENTS_DISCARDED)) {
            long now = values.get(Meaning.EVENTS_DISCARDED);
            if (now != discarded) {
                context.note(
                        "discarded_events",
                        "the tracer discarded " + Long.toUnsignedString(now - discarded)
                                + " events before the end of this packet",
                        file + ": byte " + at);
            }
            discarded = now;
        }
        if (values.has(Meaning.PACKET_SEQ_NUM)) {
            long now = values.get(Meaning.PACKET_SEQ_NUM);
            if (!first && now != sequence + 1) {
                context.note(
                        "lost_packets",
                        "packet " + Long.toUnsignedString(now) + " follows packet " + Long.toUnsignedString(sequence),
                        file + ": byte " + at);
            }
            sequence = now;
            first = false;
        }
    }
}
