package io.dettrace.formats.ctf;

import io.dettrace.formats.ctf.FieldType.Order;
import io.dettrace.formats.ctf.FieldType.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the metadata of a trace declares (CTF 1.8.3, section 7.3). Filled by the parser, then only read. */
final class TraceClass {
    /** Order of bytes where a type does not say it. */
    Order order;

    /** The trace's UUID as 16 bytes, or null. */
    byte[] uuid;

    /** Structure at the start of each packet, or null. */
    Struct packetHeader;

    /** Values of the {@code env} block: strings, and numbers as text. */
    final Map<String, String> env = new TreeMap<>();

    /** Clocks by name, in the order declared. */
    final List<ClockClass> clocks = new ArrayList<>();

    /** Stream classes by id. */
    final Map<Long, StreamClass> streams = new TreeMap<>();

    /** Event classes, all streams together. */
    int eventClasses;

    /** The clock of this name, or null. */
    ClockClass clock(String name) {
        for (ClockClass clock : clocks) {
            if (clock.name.equals(name)) {
                return clock;
            }
        }
        return null;
    }

    /** One kind of data stream. */
    static final class StreamClass {
        final long id;
        Struct packetContext;
        Struct eventHeader;
        Struct eventContext;

        /** Event classes by id. */
        final Map<Long, EventClass> events = new HashMap<>();

        StreamClass(long id) {
            this.id = id;
        }
    }

    /**
     * One kind of event.
     *
     * @param context its own context, or null
     * @param fields its payload, or null
     */
    record EventClass(long id, String name, Struct context, Struct fields) {}
}
