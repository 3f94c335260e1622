package io.dettrace.formats.spans;

/** What an OTLP export request brings, as its endpoint tells. */
public enum Signal {
    /** {@code ExportTraceServiceRequest}. */
    TRACES("resourceSpans", "resource_spans"),
    /** {@code ExportLogsServiceRequest}. */
    LOGS("resourceLogs", "resource_logs"),
    /** {@code ExportMetricsServiceRequest}. */
    METRICS("resourceMetrics", "resource_metrics");

    private final String camelCase;
    private final String snakeCase;

    Signal(String camelCase, String snakeCase) {
        this.camelCase = camelCase;
        this.snakeCase = snakeCase;
    }

    /** Name of the member of a request in JSON. */
    String resources() {
        return camelCase;
    }

    boolean isResources(String member) {
        return member.equals(camelCase) || member.equals(snakeCase);
    }
}
