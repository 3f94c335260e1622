package io.dettrace.formats.spans;

import io.dettrace.formats.record.Head;

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
}
