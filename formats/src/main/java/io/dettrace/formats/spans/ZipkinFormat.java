package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Zipkin spans in JSON, version 2, as its API and UI give them. */
public final class ZipkinFormat extends SpanFormat {
    /** Members of which a span has one at least, and few other objects with these identifiers do. */
    private static final Set<String> MARKS = Set.of("localEndpoint", "remoteEndpoint", "binaryAnnotations");

    /** The format. */
    public ZipkinFormat() {
        super(ZipkinReader::read);
    }

    @Override
    public String name() {
        return "zipkin";
    }

    @Override
    public String title() {
        return "Zipkin JSON, version 2";
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
    SharedIds sharedIds(List<InputFile> files, ReadContext context) throws IOException {
        SharedIds ids = new SharedIds(context.lenient());
        for (int i = 0; i < files.size(); i++) {
            parser.read(files.get(i), i, ids);
        }
        return ids;
    }
}
