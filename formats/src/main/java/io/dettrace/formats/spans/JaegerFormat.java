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

/** Jaeger traces in JSON, as its UI exports them and its query API and Elasticsearch give them. */
public final class JaegerFormat implements RecordFormat {
    @Override
    public String name() {
        return "jaeger";
    }

    @Override
    public String title() {
        return "Jaeger JSON";
    }

    @Override
    public String family() {
        return SpanMapping.FAMILY;
    }

    @Override
    public boolean claims(Head head) {
        Set<String> paths = head.jsonPaths();
        for (String path : paths) {
            if (path.equals("spanID") || path.endsWith(".spanID")) {
                String around = path.substring(0, path.length() - "spanID".length());
                boolean span = paths.contains(around + "traceID") && paths.contains(around + "operationName");
                if (span && (paths.contains(around + "startTime") || paths.contains(around + "startTimeMillis"))) {
                    return true;
                }
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
        return new SpanEvents(input, context, JaegerReader::read);
    }

    @Override
    public RecordReader openSample(RecordInput input, ReadContext context, int limit) {
        return new SpanEvents(input, context, JaegerReader::read, limit);
    }
}
