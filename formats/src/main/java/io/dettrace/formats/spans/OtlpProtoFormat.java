package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;

/** OTLP traces and logs in protobuf, one message or each behind its length, as the Collector's file exporter writes them. */
public final class OtlpProtoFormat implements RecordFormat {
    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public String title() {
        return "OpenTelemetry traces and logs (OTLP, protobuf)";
    }

    @Override
    public String family() {
        return SpanMapping.FAMILY;
    }

    @Override
    public boolean claims(Head head) {
        return OtlpProtoHead.isOtlp(head.bytes());
    }

    @Override
    public List<FormatOption> options() {
        return List.of(SpanMapping.COMPARE_OPTION);
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        return SpanMapping.of(input);
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) {
        return new SpanEvents(input, context, OtlpProtoReader::read);
    }

    @Override
    public RecordReader openSample(RecordInput input, ReadContext context, int limit) {
        return new SpanEvents(input, context, OtlpProtoReader::read, limit);
    }
}
