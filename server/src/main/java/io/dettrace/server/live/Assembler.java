package io.dettrace.server.live;

import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/** Puts requests together by trace until nothing more of them comes. Remembers those it gave away, to know what is late. */
final class Assembler {
    /** Traces remembered in each of two generations. */
    private static final int REMEMBERED = 500_000;

    private final RequestWriter writer;
    private final Counts counts;
    private final Long2ObjectHashMap<OpenRequest> open = new Long2ObjectHashMap<>();
    private LongHashSet closed = new LongHashSet();
    private LongHashSet closedBefore = new LongHashSet();
    private long items;

    Assembler(RequestWriter writer, Counts counts) {
        this.writer = writer;
        this.counts = counts;
    }

    /** Takes a span that came at a time, in milliseconds since the epoch. */
    void take(TelemetrySpan s, long now) {
        OpenRequest request = of(s.traceHigh(), s.traceLow(), now);
        if (request == null) {
            return;
        }
        writer.span(s, request.bytes);
        request.spans++;
        request.start = Math.min(request.start, s.start());
        items++;
    }

    void take(TelemetryLog log, long now) {
        if (log.span() == 0) {
            counts.add(Counter.DROPPED_LOGS_WITHOUT_SPAN, 1);
            return;
        }
        OpenRequest request = of(log.traceHigh(), log.traceLow(), now);
        if (request != null) {
            writer.log(log, request.bytes);
            request.logs++;
            items++;
        }
    }

    private @Nullable OpenRequest of(long traceHigh, long traceLow, long now) {
        long key = StoredRequest.order(traceHigh, traceLow);
        OpenRequest request = open.get(key);
        if (request == null) {
            if (closed.contains(key) || closedBefore.contains(key)) {
                counts.add(Counter.DROPPED_LATE, 1);
                return null;
            }
            request = new OpenRequest(traceHigh, traceLow);
            open.put(key, request);
        }
        request.last = now;
        if (request.spans + request.logs >= OpenRequest.MAX_ITEMS) {
            counts.add(Counter.DROPPED_TRACE_TOO_LARGE, 1);
            return null;
        }
        return request;
    }

    /** Gives away the requests that are complete. */
    List<OpenRequest> release(Predicate<OpenRequest> complete) {
        List<OpenRequest> released = new ArrayList<>();
        var all = open.entrySet().iterator();
        while (all.hasNext()) {
            all.next();
            OpenRequest request = all.getValue();
            if (complete.test(request)) {
                released.add(request);
                remember(all.getLongKey());
                items -= request.spans + request.logs;
                all.remove();
            }
        }
        return released;
    }

    private void remember(long key) {
        if (closed.size() == REMEMBERED) {
            closedBefore = closed;
            closed = new LongHashSet();
        }
        closed.add(key);
    }

    /** Spans and log records of open requests. */
    long items() {
        return items;
    }

    int size() {
        return open.size();
    }

    Collection<OpenRequest> open() {
        return open.values();
    }

    /** Puts back a request that was stored. */
    void restore(OpenRequest request) {
        open.put(StoredRequest.order(request.traceHigh, request.traceLow), request);
        items += request.spans + request.logs;
    }

    List<LongHashSet> closed() {
        return List.of(closed, closedBefore);
    }

    void restoreClosed(LongHashSet newer, LongHashSet older) {
        closed = newer;
        closedBefore = older;
    }
}
