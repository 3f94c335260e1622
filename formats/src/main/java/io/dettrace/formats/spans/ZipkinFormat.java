package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Zipkin spans in JSON, version 2, as its API and UI give them. */
public final class ZipkinFormat implements RecordFormat {
    /** Members of which a span has one at least, and few other objects with these identifiers do. */
    private static final Set<String> MARKS = Set.of("localEndpoint", "remoteEndpoint", "binaryAnnotations");

    @Override
    public String name() {
        return "zipkin";
    }

    @Override
    public String title() {
        return "Zipkin JSON, version 2";
    }

    @Override
    public String family() {
        return SpanMapping.FAMILY;
    }

    @Override
    public boolean claims(Head head) {
        Set<String> paths = head.jsonPaths();
        for (String around : List.of("[].", "[][].", "")) {
            boolean span = paths.contains(around + "traceId") && paths.contains(around + "id");
            if (span && MARKS.stream().anyMatch(m -> paths.contains(around + m))) {
                return true;
            }
        }
        return false;
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
        return new SpanEvents(input, context, ZipkinReader::read);
    }

    @Override
    public RecordReader openSample(RecordInput input, ReadContext context, int limit) {
        return new SpanEvents(input, context, ZipkinReader::read, limit);
    }
}
