package io.dettrace.formats.spans;

import io.dettrace.formats.record.Head;
import java.util.Set;

/** Jaeger traces in JSON, as its UI exports them and its query API and Elasticsearch give them. */
public final class JaegerFormat extends SpanFormat {
    /** The format. */
    public JaegerFormat() {
        super(JaegerReader::read);
    }

    @Override
    public String name() {
        return "jaeger";
    }

    @Override
    public String title() {
        return "Jaeger JSON";
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
}
