package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ctf.FieldType.Struct;
import io.dettrace.formats.ctf.TraceClass.EventClass;
import io.dettrace.formats.ctf.TraceClass.StreamClass;
import io.dettrace.formats.record.EventRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The root structures of a trace, laid out for reading. */
final class Layouts {
    /** Fields of an event that come from no field of the trace. */
    static final int OWN_FIELDS = 8;

    /** Path of what happened. */
    static final String EVENT = "event";

    /** Path of the time. */
    static final String TIME = "time_ns";

    /** Path of the lane. */
    static final String LANE = "lane";

    /** Path of a wakeup's own name. */
    static final String WAKEUP = "wakeup";

    /** Path of the wakeup that let a thread go on. */
    static final String WOKEN_BY = "woken_by";

    final TraceClass trace;
    final StructNode packetHeader;
    final Map<Long, StreamLayout> streams = new HashMap<>();
    final FieldMeanings meanings;

    private final LayoutBuilder builder;

    /** A stream class. */
    static final class StreamLayout {
        long id;
        StructNode packetContext;
        StructNode eventHeader;
        StructNode eventContext;

        /** Its clock, or null. */
        ClockClass clock;

        final Map<Long, EventLayout> events = new HashMap<>();
    }

    /**
     * An event class.
     *
     * @param context its own context, or null
     * @param fields its payload, or null
     */
    record EventLayout(String name, Scheduling scheduling, StructNode context, StructNode fields) {}

    /**
     * Lays out a trace.
     *
     * @param file the metadata's name, for messages
     * @param out the record whose path numbers are used
     */
    Layouts(String file, TraceClass trace, EventRecord out) throws InputException {
        this.trace = trace;
        meanings = new FieldMeanings();
        builder = new LayoutBuilder(file, trace, out, meanings);
        packetHeader = builder.root(Root.PACKET_HEADER, trace.packetHeader, new HashSet<>(), Scheduling.NONE);
        if (trace.streams.isEmpty()) {
            trace.streams.put(0L, new StreamClass(0));
        }
        for (StreamClass stream : trace.streams.values()) {
            streams.put(stream.id, stream(stream));
        }
    }

    /** Slots that a decoding needs. */
    int slots() {
        return builder.slots();
    }

    /** An empty record for packet contexts and event headers, which are read before the event that they belong to. */
    EventRecord headRecord() {
        EventRecord record = new EventRecord();
        builder.headPaths().forEach(record::path);
        return record;
    }

    private StreamLayout stream(StreamClass from) throws InputException {
        StreamLayout stream = new StreamLayout();
        stream.id = from.id;
        builder.startStream(from);
        stream.clock = builder.clock();
        Set<String> paths = new HashSet<>();
        stream.packetContext = builder.root(Root.PACKET_CONTEXT, from.packetContext, paths, Scheduling.NONE);
        stream.eventHeader = builder.root(Root.EVENT_HEADER, from.eventHeader, paths, Scheduling.NONE);
        stream.eventContext = builder.root(Root.STREAM_CONTEXT, from.eventContext, paths, Scheduling.NONE);
        for (EventClass event : from.events.values()) {
            stream.events.put(event.id(), event(event, new HashSet<>(paths)));
        }
        return stream;
    }

    private EventLayout event(EventClass from, Set<String> paths) throws InputException {
        Scheduling scheduling = Scheduling.of(from.name());
        meanings.scheduling |= scheduling.tracks();
        builder.startEvent();
        StructNode context = builder.root(Root.EVENT_CONTEXT, from.context(), paths, scheduling);
        StructNode fields = builder.root(Root.FIELDS, from.fields(), paths, scheduling);
        return new EventLayout(from.name(), scheduling, context, fields);
    }

    /** The name that a field is shown by: one leading underscore only keeps it from being a keyword (section 7.3.1). */
    static String shown(String name) {
        return name.startsWith("_") && name.length() > 1 ? name.substring(1) : name;
    }

    /** The name that a member is shown by, other than those of its siblings. */
    static String shown(String name, Struct in) {
        String shown = shown(name);
        return !shown.equals(name)
                        && in.members().stream().anyMatch(m -> m.name().equals(shown))
                ? name
                : shown;
    }

    /** The structures that references may begin at, in the order in which they stand in a packet. */
    enum Root {
        PACKET_HEADER("trace.packet.header", null),
        PACKET_CONTEXT("stream.packet.context", "packet."),
        EVENT_HEADER("stream.event.header", "header."),
        STREAM_CONTEXT("stream.event.context", "ctx."),
        EVENT_CONTEXT("event.context", "ctx."),
        FIELDS("event.fields", "args.");

        /** Its path in the metadata. */
        final String path;

        /** Start of the paths of its fields in events, or null if they are not shown. */
        final String prefix;

        Root(String path, String prefix) {
            this.path = path;
            this.prefix = prefix;
        }
    }
}
