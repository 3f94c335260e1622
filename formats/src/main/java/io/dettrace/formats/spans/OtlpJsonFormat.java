package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;

/** OTLP traces and logs in JSON, one document or one a line, as the Collector's file exporter writes them. */
public final class OtlpJsonFormat implements RecordFormat {
    @Override
    public String name() {
        return "otlp-json";
    }

    @Override
    public String title() {
        return "OpenTelemetry traces and logs (OTLP, JSON)";
    }

    @Override
    public String family() {
        return SpanMapping.FAMILY;
    }

    @Override
    public boolean claims(Head head) {
        return head.jsonPaths().stream().anyMatch(OtlpJsonFormat::isResource);
    }

    private static boolean isResource(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (!OtlpJsonReader.SCOPES.contains(name)) {
            return false;
        }
        String above = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        return above.endsWith("[]")
                && OtlpJsonReader.RESOURCES.contains(
                        above.substring(above.lastIndexOf('.') + 1).replace("[]", ""));
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
    public boolean hasLines() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) {
        return new SpanEvents(input, context, OtlpJsonReader::read);
    }

    @Override
    public RecordReader openSample(RecordInput input, ReadContext context, int limit) {
        return new SpanEvents(input, context, OtlpJsonReader::read, limit);
    }
}
