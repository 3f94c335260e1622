package io.dettrace.server.live;

import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.List;

/** What one export request brought. */
final class Batch implements TelemetrySink {
    final List<TelemetrySpan> spans = new ArrayList<>();
    final List<TelemetryLog> logs = new ArrayList<>();
    final List<TelemetryMetric> metrics = new ArrayList<>();

    @Override
    public void span(TelemetrySpan span) {
        spans.add(span);
    }

    @Override
    public void log(TelemetryLog log) {
        logs.add(log);
    }

    @Override
    public void metric(TelemetryMetric point) {
        metrics.add(point);
    }
}
