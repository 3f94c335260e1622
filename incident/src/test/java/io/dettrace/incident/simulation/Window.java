package io.dettrace.incident.simulation;

import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.List;
import java.util.function.Consumer;

/**
 * A simulated window: what its services sent, and what truly happened.
 *
 * @param spans in the order of their ends
 * @param outcomes of the requests at services with own spans
 * @param states of the instances at the end, by service
 */
record Window(
        List<TelemetrySpan> spans,
        List<TelemetryLog> logs,
        List<TelemetryMetric> metrics,
        List<Outcome> outcomes,
        List<List<InstanceState>> states)
        implements Consumer<TelemetrySink> {
    @Override
    public void accept(TelemetrySink sink) {
        spans.forEach(sink::span);
        logs.forEach(sink::log);
        metrics.forEach(sink::metric);
    }
}
