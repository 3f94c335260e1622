package io.dettrace.incident.runbook;

import io.dettrace.incident.runbook.RunbookStep.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Queries in the languages of the common tools, about one case.
 *
 * <p>Jaeger: parameters of its search page, times in microseconds. Tempo: TraceQL. Loki: LogQL on the label and structured
 * metadata that its OTLP endpoint gives. Prometheus: the metrics of Tempo's generator and of service graphs, and {@code
 * target_info} as OpenTelemetry maps resources; a query's moment is its {@code @} modifier, in seconds.
 */
final class Queries {
    /** Nanoseconds that a window is widened by on either side, since what leads to a failure lies before it. */
    private static final long MARGIN = 60_000_000_000L;

    private final RunbookCase about;

    Queries(RunbookCase about) {
        this.about = about;
    }

    // ---- Jaeger ----

    /** Traces of a service, those with an error only if {@code failed}. */
    Query jaeger(String service, boolean failed) {
        StringBuilder out = new StringBuilder("/search?service=").append(url(service));
        about.operation()
                .filter(o -> service.equals(about.root()))
                .ifPresent(o -> out.append("&operation=").append(url(o)));
        if (about.start().isPresent() && about.end().isPresent()) {
            out.append("&lookback=custom&start=")
                    .append(Math.max(0, about.start().get() - MARGIN) / 1_000);
            out.append("&end=").append((about.end().get() + MARGIN) / 1_000);
        }
        if (failed) {
            out.append("&tags=").append(url("{\"error\":\"true\"}"));
        }
        return new Query("jaeger", out.append("&limit=20").toString());
    }

    /** One trace. */
    Query jaegerTrace(String trace) {
        return new Query("jaeger", "/trace/" + trace);
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // ---- Tempo ----

    /** TraceQL: a pattern in which {@code %s} stands for quoted names. */
    Query tempo(String pattern, Object... names) {
        return new Query("tempo", filled(pattern, names));
    }

    // ---- Loki ----

    /** LogQL on a service's records: a pipeline behind the selector, may be empty. */
    Query loki(String service, String pipeline, Object... names) {
        String selector = "{service_name=" + quoted(service) + "}";
        return new Query("loki", pipeline.isEmpty() ? selector : selector + " " + filled(pipeline, names));
    }

    // ---- Prometheus ----

    /** PromQL: a pattern with {@code %s} for quoted names and {@code @W} for the window behind a metric. */
    Query prometheus(String pattern, Object... names) {
        String window = "[5m]";
        if (about.start().isPresent() && about.end().isPresent()) {
            long end = about.end().get() + MARGIN;
            long seconds = Math.max(1, (end - about.start().get() + MARGIN) / 1_000_000_000L);
            window = "[" + seconds + "s] @ " + end / 1_000_000_000L;
        }
        return new Query("prometheus", filled(pattern.replace("@W", window), names));
    }

    private static String filled(String pattern, Object... names) {
        Object[] quoted = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            quoted[i] = names[i] instanceof String s ? quoted(s) : names[i];
        }
        return String.format(Locale.ROOT, pattern, quoted);
    }

    /** A string in double quotes, as all three languages write them. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
