package io.dettrace.formats.spans;

import io.dettrace.formats.record.Head;
import java.util.Set;

/** OTLP traces and logs in JSON, one document or one a line, as the Collector's file exporter writes them. */
public final class OtlpJsonFormat extends SpanFormat {
    /** The format. */
    public OtlpJsonFormat() {
        super(OtlpJsonReader::read);
    }

    @Override
    public String name() {
        return "otlp-json";
    }

    @Override
    public String title() {
        return "OpenTelemetry traces and logs (OTLP, JSON)";
    }

    @Override
    public boolean claims(Head head) {
        return claims(head, OtlpJsonReader.RESOURCES, OtlpJsonReader.SCOPES);
    }

    @Override
    public boolean claimsTelemetry(Head head) {
        return claims(head) || claims(head, OtlpJsonReader.METRIC_RESOURCES, OtlpJsonReader.METRIC_SCOPES);
    }

    private static boolean claims(Head head, Set<String> resources, Set<String> scopes) {
        return head.jsonPaths().stream().anyMatch(path -> isResource(path, resources, scopes));
    }

    private static boolean isResource(String path, Set<String> resources, Set<String> scopes) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (!scopes.contains(name)) {
            return false;
        }
        String above = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        return above.endsWith("[]")
                && resources.contains(
                        above.substring(above.lastIndexOf('.') + 1).replace("[]", ""));
    }
}
