package io.dettrace.formats.spans;

import io.dettrace.formats.record.Head;

/** OTLP traces and logs in protobuf, one message or each behind its length, as the Collector's file exporter writes them. */
public final class OtlpProtoFormat extends SpanFormat {
    /** The format. */
    public OtlpProtoFormat() {
        super(OtlpProtoReader::read);
    }

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public String title() {
        return "OpenTelemetry traces and logs (OTLP, protobuf)";
    }

    @Override
    public boolean claims(Head head) {
        return OtlpProtoHead.isOtlp(head.bytes());
    }

    @Override
    public boolean claimsTelemetry(Head head) {
        return claims(head) || OtlpProtoHead.isMetrics(head.bytes());
    }

    @Override
    public boolean hasLines() {
        return false;
    }
}
