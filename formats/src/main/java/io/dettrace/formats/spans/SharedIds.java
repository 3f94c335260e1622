package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Tells the two halves of Zipkin's shared spans apart: client and server report one identifier. It stays with the client's
 * half; the server's half becomes its child, and what the server calls the server's. This needs all spans beforehand, so
 * that it takes them in a pass of its own; 40 bytes a call.
 */
final class SharedIds implements SpanSink {
    /** That of formats whose spans have identifiers of their own. */
    static final SharedIds NONE = new SharedIds(true);

    private static final long UNKNOWN = 0;

    private final ReadContext context;
    /** Services of the servers' halves, by trace and identifier. */
    private final Long2LongHashMap servers = new Long2LongHashMap(UNKNOWN);

    private final LongHashSet clients = new LongHashSet();
    private String service = "";

    SharedIds(boolean lenient) {
        context = new ReadContext(lenient, -1);
    }

    /** True if no span's identifiers are changed. */
    boolean isEmpty() {
        return servers.isEmpty() || clients.isEmpty();
    }

    @Override
    public void add(Span span) {
        if (isServers(span.kind, span.shared)) {
            servers.put(key(span.trace.key(), span.id), hash(service));
        } else if (span.kind == SpanKind.CLIENT) {
            clients.add(key(span.trace.key(), span.id));
        }
    }

    private static boolean isServers(SpanKind kind, boolean shared) {
        return shared || kind == SpanKind.SERVER;
    }

    /** The span by identifiers of its own. */
    TelemetrySpan apart(TelemetrySpan span, boolean shared) {
        long trace = new TraceId(span.traceHigh(), span.traceLow()).key();
        long service = hash(span.resource().service());
        long own = key(trace, span.id());
        if (isServers(span.kind(), shared) && clients.contains(own) && servers.get(own) == service) {
            return with(span, served(span.id()), span.id());
        }
        long above = key(trace, span.parent());
        boolean inside = span.parent() != 0 && clients.contains(above) && servers.get(above) == service;
        return inside ? with(span, span.id(), served(span.parent())) : span;
    }

    private static TelemetrySpan with(TelemetrySpan span, long id, long parent) {
        return new TelemetrySpan(
                span.resource(),
                span.traceHigh(),
                span.traceLow(),
                id,
                parent,
                span.name(),
                span.kind(),
                span.start(),
                span.end(),
                span.error(),
                span.status(),
                span.attributes(),
                span.events());
    }

    /** The identifier of the server's half; distinct ones stay distinct, as both steps can be undone. */
    private static long served(long id) {
        long mixed = (id ^ 0x53_45_52_56_45_52_00_01L) * 0x9E37_79B9_7F4A_7C15L;
        return mixed == 0 ? 1 : mixed;
    }

    private static long key(long trace, long id) {
        return Long.rotateLeft(trace * 0x9E37_79B9_7F4A_7C15L, 31) ^ id * 0xC2B2_AE3D_27D4_EB4FL;
    }

    private static long hash(String service) {
        return Ids.digest(service) | 1;
    }

    @Override
    public int origin(List<Field> resource, String name, String scope) {
        service = Origins.of(resource, name, scope).service();
        return 0;
    }

    @Override
    public ReadContext context() {
        return context;
    }

    @Override
    public String at(Place place) {
        return "";
    }

    @Override
    public int open() {
        return 0;
    }

    @Override
    public void define(int origin, List<Field> resource, String service, String scope) {
        // Zipkin says with each span who reported it.
    }

    @Override
    public void close(int origin) {
        // As above.
    }

    @Override
    public void addLog(Moment log) {
        // Zipkin has none.
    }

    @Override
    public void add(MetricPoint point) {
        // Zipkin has none.
    }

    @Override
    public void reject(Place place, String what) throws InputException {
        // The pass that hands over says it.
    }
}
