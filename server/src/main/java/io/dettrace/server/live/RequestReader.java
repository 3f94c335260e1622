package io.dettrace.server.live;

import io.dettrace.event.Field;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link RequestWriter} wrote. Resources come without attributes, equal ones as one object. */
final class RequestReader {
    private static final SpanKind[] KINDS = SpanKind.values();

    private final String[] names;
    private final Map<Resource, TelemetryResource> resources = new HashMap<>();
    private byte[] in = {};
    private int at;

    private record Resource(int service, int instance, int version) {}

    /**
     * @param names by number
     */
    RequestReader(String[] names) {
        this.names = names;
    }

    /** Hands a request's spans and log records over in the order in which they came. */
    void read(byte[] bytes, long traceHigh, long traceLow, TelemetrySink sink) {
        in = bytes;
        at = 0;
        while (at < in.length) {
            int tag = in[at++] & 0xff;
            if ((tag & RequestWriter.LOG) != 0) {
                sink.log(log(tag & ~RequestWriter.LOG, traceHigh, traceLow));
            } else {
                sink.span(span(tag, traceHigh, traceLow));
            }
        }
    }

    private TelemetrySpan span(int tag, long traceHigh, long traceLow) {
        long id = whole();
        long parent = whole();
        long start = whole();
        long end = start + count();
        TelemetryResource resource = resource();
        String name = name();
        List<Field> attributes = attributes();
        int n = (int) count();
        List<TelemetryEvent> events = n == 0 ? List.of() : new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            String event = name();
            long time = start + signed();
            events.add(new TelemetryEvent(time, event, attributes()));
        }
        return new TelemetrySpan(
                resource,
                traceHigh,
                traceLow,
                id,
                parent,
                name,
                KINDS[tag & RequestWriter.KIND],
                start,
                end,
                (tag & RequestWriter.ERROR) != 0,
                "",
                attributes,
                events);
    }

    private TelemetryLog log(int severity, long traceHigh, long traceLow) {
        long span = whole();
        long time = whole();
        TelemetryResource resource = resource();
        return new TelemetryLog(
                resource,
                traceHigh,
                traceLow,
                span,
                time,
                RequestWriter.SEVERITIES.get(severity),
                name(),
                "",
                List.of());
    }

    private TelemetryResource resource() {
        Resource key = new Resource((int) count(), (int) count(), (int) count());
        return resources.computeIfAbsent(
                key, k -> new TelemetryResource(names[k.service], names[k.instance], names[k.version], List.of()));
    }

    private List<Field> attributes() {
        int n = (int) count();
        if (n == 0) {
            return List.of();
        }
        List<Field> attributes = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            attributes.add(new Field(name(), Field.Type.STRING, name()));
        }
        return attributes;
    }

    private String name() {
        return names[(int) count()];
    }

    private long whole() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | in[at++] & 0xff;
        }
        return value;
    }

    private long count() {
        long value = 0;
        int shift = 0;
        byte b;
        do {
            b = in[at++];
            value |= (long) (b & 0x7f) << shift;
            shift += 7;
        } while (b < 0);
        return value;
    }

    private long signed() {
        long value = count();
        return value >>> 1 ^ -(value & 1);
    }

    // ---- without making objects ------------------------------------------------------------------------------------

    /** Notes which names a request uses. */
    static void mark(byte[] bytes, BitSet used) {
        RequestReader r = new RequestReader(new String[0]);
        r.in = bytes;
        while (r.at < bytes.length) {
            int tag = bytes[r.at++] & 0xff;
            boolean log = (tag & RequestWriter.LOG) != 0;
            r.at += log ? 16 : 24;
            if (!log) {
                r.count();
            }
            r.marks(4, used);
            if (!log) {
                r.marks(2 * (int) r.count(), used);
                for (long events = r.count(); events > 0; events--) {
                    r.marks(1, used);
                    r.signed();
                    r.marks(2 * (int) r.count(), used);
                }
            }
        }
    }

    private void marks(int n, BitSet used) {
        for (int i = 0; i < n; i++) {
            used.set((int) count());
        }
    }
}
