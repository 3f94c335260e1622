package io.dettrace.server.live;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.Random;

/** Requests through three services, web to cart to store, as export requests of one request each. */
final class Traffic {
    private static final String[] SERVICES = {"web", "cart", "store"};

    private final Random random;
    private long spans;

    Traffic(long seed) {
        random = new Random(seed);
    }

    /** What is wrong with a service. */
    enum Fault {
        NONE,
        SLOW,
        FAILING
    }

    /** One request that starts at a time, in milliseconds since the epoch; {@code faulty} is the number of a service. */
    byte[] request(long millis, int faulty, Fault fault) {
        ByteString trace = bytes(random.nextLong(), random.nextLong());
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        long start = millis * 1_000_000;
        long[] own = new long[SERVICES.length];
        long all = 0;
        for (int s = 0; s < own.length; s++) {
            own[s] = 1_000_000 + (long) (2_000_000 * random.nextDouble());
            own[s] += s == faulty && fault == Fault.SLOW ? 20_000_000 : 0;
            all += own[s];
        }
        ByteString parent = ByteString.EMPTY;
        for (int s = 0; s < SERVICES.length; s++) {
            ScopeSpans.Builder scope = ScopeSpans.newBuilder();
            ByteString server = bytes(++spans);
            boolean fails = fault == Fault.FAILING && s <= faulty;
            scope.addSpans(span(trace, server, parent, SERVICES[s] + " handle", Span.SpanKind.SPAN_KIND_SERVER, start)
                    .setEndTimeUnixNano(start + all)
                    .setStatus(Status.newBuilder()
                            .setCode(
                                    fails
                                            ? Status.StatusCode.STATUS_CODE_ERROR
                                            : Status.StatusCode.STATUS_CODE_UNSET)));
            all -= own[s];
            if (s + 1 < SERVICES.length && !(fault == Fault.FAILING && s == faulty)) {
                parent = bytes(++spans);
                scope.addSpans(
                        span(trace, parent, server, "call " + SERVICES[s + 1], Span.SpanKind.SPAN_KIND_CLIENT, start)
                                .setEndTimeUnixNano(start + all));
            }
            export.addResourceSpans(ResourceSpans.newBuilder()
                    .setResource(resource(SERVICES[s]))
                    .addScopeSpans(scope));
            if (fault == Fault.FAILING && s == faulty) {
                break;
            }
        }
        return export.build().toByteArray();
    }

    /** A request of so many spans under one root. */
    byte[] wide(long millis, int n) {
        ByteString trace = bytes(random.nextLong(), random.nextLong());
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        ByteString root = bytes(++spans);
        for (int i = 0; i < n; i++) {
            scope.addSpans(span(
                            trace,
                            i == 0 ? root : bytes(++spans),
                            i == 0 ? ByteString.EMPTY : root,
                            "step",
                            Span.SpanKind.SPAN_KIND_INTERNAL,
                            millis * 1_000_000)
                    .setEndTimeUnixNano(millis * 1_000_000 + 1));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource("wide")).addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static Span.Builder span(
            ByteString trace, ByteString id, ByteString parent, String name, Span.SpanKind kind, long start) {
        return Span.newBuilder()
                .setTraceId(trace)
                .setSpanId(id)
                .setParentSpanId(parent)
                .setName(name)
                .setKind(kind)
                .setStartTimeUnixNano(start);
    }

    private static Resource.Builder resource(String service) {
        return Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue(service)));
    }

    private static ByteString bytes(long... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * parts.length);
        for (long part : parts) {
            buffer.putLong(part);
        }
        return ByteString.copyFrom(buffer.array());
    }
}
