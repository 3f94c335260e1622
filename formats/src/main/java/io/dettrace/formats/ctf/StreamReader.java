package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ctf.Layouts.EventLayout;
import io.dettrace.formats.ctf.Layouts.StreamLayout;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * The events of one data stream file, packet after packet (CTF 1.8.3, sections 5 and 6). An event is read in two steps, so
 * that several files can be merged by time: {@link #advance} reads its header, {@link #read} the rest.
 */
final class StreamReader implements Closeable {
    /** The first four bytes of a packet as a number. */
    static final long MAGIC = 0xC1FC1FC1L;

    private static final long HEADER_MEANINGS = Meaning.MAGIC.bit()
            | Meaning.STREAM_ID.bit()
            | Meaning.STREAM_INSTANCE_ID.bit()
            | Meaning.PACKET_SIZE.bit()
            | Meaning.CONTENT_SIZE.bit()
            | Meaning.EVENTS_DISCARDED.bit()
            | Meaning.PACKET_SEQ_NUM.bit()
            | Meaning.CPU_ID.bit();

    private static final long BODY_MEANINGS = -1L << Meaning.PROCESS_ID.ordinal();

    /** The trace that the stream belongs to. */
    final TraceFiles.Trace trace;

    /** Number of the file in the input. */
    final int file;

    final Decoding values;

    private final InputFile input;
    private final Layouts layouts;
    private final ReadContext context;
    private final BitReader in;
    private final EventRecord record;
    private final PacketLosses losses;
    private final int eventPath;
    private final int timePath;

    private StreamLayout stream;
    private boolean inPacket;
    private long packetBits;
    private EventLayout event;
    private long eventByte;
    private long eventBit;
    private long events;
    private long time = Long.MIN_VALUE;
    private boolean timeKnown;

    /** Fields of the packet that every event in it shows. */
    private final EventRecord shared;

    /** Fields of the event's header. */
    private final EventRecord header;

    StreamReader(TraceFiles.Trace trace, int file, InputFile input, int window, EventRecord record, ReadContext context)
            throws IOException {
        this.trace = trace;
        this.file = file;
        this.input = input;
        this.context = context;
        this.record = record;
        layouts = trace.layouts();
        shared = layouts.headRecord();
        header = layouts.headRecord();
        in = new BitReader(input, window);
        values = new Decoding(in, layouts.slots());
        eventPath = record.path(Layouts.EVENT);
        timePath = record.path(Layouts.TIME);
        losses = new PacketLosses(input.name(), context);
    }

    /** The stream class of the packet that is being read. */
    StreamLayout stream() {
        return stream;
    }

    /** The event that {@link #advance} went to. */
    EventLayout event() {
        return event;
    }

    /** Nanoseconds since 1970 of that event; before the first that is known, {@link Long#MIN_VALUE}. */
    long time() {
        return time;
    }

    /** True if that event says its time. */
    boolean hasTime() {
        return timeKnown;
    }

    /** Place of the event that was read last, for notes. */
    String place() {
        return input.name() + ":" + events;
    }

    long bytesRead() {
        return in.fileByte();
    }

    /** Goes to the next event; false if there is none. */
    boolean advance() throws IOException {
        while (true) {
            try {
                if (!inPacket && !nextPacket()) {
                    return false;
                }
                if (in.atEnd()) {
                    leavePacket();
                } else {
                    eventHeader();
                    return true;
                }
            } catch (InputException broken) {
                leaveOut(broken);
            }
        }
    }

    /**
     * Reads the rest of the event into the record.
     *
     * @return false if it is broken and left out
     */
    boolean read() throws IOException {
        try {
            record.clear();
            record.text(eventPath, event.name());
            if (timeKnown) {
                record.number(timePath, time);
            }
            copy(shared);
            copy(header);
            body();
            return true;
        } catch (InputException broken) {
            leaveOut(broken);
        } catch (EventRecord.TooLarge e) {
            leaveOut(in.broken(e.getMessage()));
        }
        return false;
    }

    private void copy(EventRecord head) {
        for (int i = 0; i < head.size(); i++) {
            record.copy(head, i);
        }
    }

    // ---- packets ---------------------------------------------------------------------------------------------------

    private boolean nextPacket() throws IOException {
        in.event = events + 1;
        if (!in.beginPacket()) {
            return false;
        }
        inPacket = true;
        packetBits = BitReader.UNKNOWN;
        values.begin(HEADER_MEANINGS);
        values.uuidSeen = false;
        shared.clear();
        if (layouts.packetHeader != null) {
            layouts.packetHeader.read(values, shared);
            checkHeader();
        }
        long id = values.has(Meaning.STREAM_ID)
                ? values.get(Meaning.STREAM_ID)
                : layouts.streams.size() == 1
                        ? layouts.streams.keySet().iterator().next()
                        : 0;
        stream = layouts.streams.get(id);
        if (stream == null) {
            throw in.broken("expected a packet of a stream that the metadata declares, found the stream id "
                    + Long.toUnsignedString(id));
        }
        shared.clear();
        if (stream.packetContext != null) {
            stream.packetContext.read(values, shared);
        }
        sizes();
        if (stream.clock != null && values.clockKnown) {
            time = nanos();
        }
        losses.look(values, in.fileByte());
        return true;
    }

    private void checkHeader() throws InputException {
        if (values.has(Meaning.MAGIC) && values.get(Meaning.MAGIC) != MAGIC) {
            throw in.broken("expected the magic number 0xc1fc1fc1 of a packet, found 0x"
                    + Long.toHexString(values.get(Meaning.MAGIC)) + "; this is no data stream of this trace");
        }
        byte[] expected = layouts.trace.uuid;
        if (values.uuidSeen && expected != null && !Arrays.equals(values.uuid, expected)) {
            throw in.broken(
                    "expected a packet with the trace's UUID, found another; the packet belongs to another trace");
        }
    }

    private void sizes() throws InputException {
        long packet = values.has(Meaning.PACKET_SIZE) ? values.get(Meaning.PACKET_SIZE) : -1;
        long content = values.has(Meaning.CONTENT_SIZE) ? values.get(Meaning.CONTENT_SIZE) : packet;
        if (!values.has(Meaning.PACKET_SIZE)) {
            packet = content >= 0 ? content + 7 & -8L : -1;
        }
        if (packet == -1 && !values.has(Meaning.PACKET_SIZE) && !values.has(Meaning.CONTENT_SIZE)) {
            return;
        }
        boolean fits = packet % 8 == 0 && packet >= in.position() && packet < BitReader.UNKNOWN;
        if (!fits || content < in.position() || content > packet) {
            throw in.broken(
                    "expected sizes in bits from " + in.position() + " on, the packet's in whole bytes, found content "
                            + Long.toUnsignedString(content) + ", packet " + Long.toUnsignedString(packet));
        }
        packetBits = packet;
        in.setEnd(content);
    }

    private void leavePacket() throws IOException {
        inPacket = false;
        if (packetBits == BitReader.UNKNOWN) {
            in.skipTo(in.position() + 7);
            return;
        }
        boolean contentWhole = in.left() == 0;
        long lacking = in.skipTo(packetBits);
        if (!contentWhole) {
            throw in.broken("expected " + lacking / 8 + " more bytes of the last packet, found the end of the file;"
                    + " --lenient reads the events up to there");
        }
        if (lacking > 0) {
            context.note(
                    "cut_padding",
                    "the file ends inside the padding of its last packet",
                    input.name() + ":" + (events + 1));
        }
    }

    /** In lenient reading goes on behind the packet, whose rest is left out; else fails. */
    private void leaveOut(InputException broken) throws IOException {
        if (!context.lenient()) {
            throw broken;
        }
        context.note("broken_packets", broken.getMessage(), input.name() + ":" + (events + 1));
        boolean sized = inPacket && packetBits != BitReader.UNKNOWN;
        inPacket = false;
        in.skipTo(sized ? packetBits : BitReader.UNKNOWN - 7);
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    private void eventHeader() throws IOException {
        in.event = events + 1;
        values.begin(Meaning.EVENT_ID.bit());
        header.clear();
        if (stream.eventHeader != null) {
            in.align(stream.eventHeader.align);
        }
        eventByte = in.fileByte();
        eventBit = in.position();
        if (stream.eventHeader != null) {
            stream.eventHeader.read(values, header);
        }
        timeKnown = stream.clock != null && values.clockKnown;
        if (timeKnown) {
            long nanos = nanos();
            timeKnown = nanos != Long.MIN_VALUE;
            time = timeKnown ? nanos : time;
        }
        long id = values.has(Meaning.EVENT_ID)
                ? values.get(Meaning.EVENT_ID)
                : stream.events.size() == 1 ? stream.events.keySet().iterator().next() : 0;
        event = stream.events.get(id);
        if (event == null) {
            throw in.broken("expected an event that the metadata declares for its stream, found the event id "
                    + Long.toUnsignedString(id));
        }
    }

    private long nanos() {
        long nanos = stream.clock.nanos(values.clock);
        if (nanos == Long.MIN_VALUE) {
            context.note(
                    "time_out_of_range",
                    "a time does not fit 64 bits of nanoseconds since 1970 and is left out",
                    input.name() + ":" + (events + 1));
        }
        return nanos;
    }

    private void body() throws IOException {
        values.begin(BODY_MEANINGS);
        read(stream.eventContext);
        read(event.context());
        read(event.fields());
        if (in.position() == eventBit) {
            throw in.broken("the metadata lays out events of no bits here, of which there is no end");
        }
        if (values.fieldsLeftOut) {
            values.fieldsLeftOut = false;
            context.note(
                    "fields_left_out",
                    "an event has more than " + EventRecord.MAX_FIELDS + " fields; the rest is left out",
                    input.name() + ":" + (events + 1));
        }
        events++;
        long bytes = in.fileByte() - eventByte + ((in.position() & 7) == 0 ? 0 : 1);
        record.at(file, events, eventByte, (int) Math.min(Integer.MAX_VALUE, bytes));
    }

    private void read(StructNode node) throws IOException {
        if (node != null) {
            node.read(values, record);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
