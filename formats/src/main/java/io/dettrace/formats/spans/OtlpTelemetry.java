package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.telemetry.TelemetrySink;
import java.io.IOException;
import java.util.List;

/**
 * Decodes OTLP export requests one after the other, as they come in over the network (opentelemetry-proto 1.x, "OTLP
 * Specification"). What it holds between requests is bounded: resources and texts seen before, and the last
 * points of metrics that count from a start on. Not thread-safe.
 */
public final class OtlpTelemetry {
    private static final List<String> NAME = List.of("request");

    private final TelemetrySink sink;
    private final ProtoAttributes attributes = new ProtoAttributes();
    private final KnownResources resources = new KnownResources();
    private final MetricSeries series = new MetricSeries();

    /** How a request is written. */
    public enum Encoding {
        PROTOBUF,
        JSON
    }

    /**
     * What became of a request, for its answer's {@code partial_success}.
     *
     * @param taken spans, log records and points handed over
     * @param refused those that were left out because something is wrong with them
     * @param reason why the first of them was left out; empty if none was
     */
    public record Decoded(long taken, long refused, String reason) {}

    /** A decoder that fills a sink. */
    public OtlpTelemetry(TelemetrySink sink) {
        this.sink = sink;
    }

    /**
     * Hands over what one request holds, decompressed.
     *
     * @throws MalformedRequestException if it is none; what stood before the place was handed over
     */
    public Decoded decode(byte[] request, Signal signal, Encoding encoding) throws MalformedRequestException {
        ReadContext context = new ReadContext(true, -1);
        Handover handover = new Handover(NAME, context, SharedIds.NONE, resources, series, sink);
        try {
            if (encoding == Encoding.JSON) {
                OtlpJsonReader.request(request, signal, handover);
            } else {
                OtlpProtoReader.request(request, signal, handover, attributes);
            }
        } catch (IOException e) {
            throw new MalformedRequestException(e.getMessage(), e);
        }
        return new Decoded(handover.taken(), handover.refused(), handover.firstRefused());
    }
}
