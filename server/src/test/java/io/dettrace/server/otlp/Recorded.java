package io.dettrace.server.otlp;

import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that keeps what it takes, and refuses as told. */
final class Recorded implements Receiver, TelemetrySink {
    final List<TelemetrySpan> spans = new CopyOnWriteArrayList<>();
    final List<TelemetryLog> logs = new CopyOnWriteArrayList<>();
    final List<TelemetryMetric> metrics = new CopyOnWriteArrayList<>();
    final List<Integer> sizes = new CopyOnWriteArrayList<>();
    final AtomicInteger refuse = new AtomicInteger();
    volatile State refusal = State.OVERLOADED;
    final AtomicInteger shed = new AtomicInteger();
    final AtomicInteger tooLarge = new AtomicInteger();
    private final OtlpTelemetry telemetry = new OtlpTelemetry(this);

    @Override
    public synchronized Receipt receive(Signal signal, Encoding encoding, byte[] request)
            throws MalformedRequestException {
        sizes.add(request.length);
        if (refuse.getAndDecrement() > 0) {
            return new Receipt(refusal, 0, "für jetzt: 100 %");
        }
        OtlpTelemetry.Decoded decoded = telemetry.decode(request, signal, encoding);
        return new Receipt(State.TAKEN, decoded.refused(), decoded.reason());
    }

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

    @Override
    public void shed() {
        shed.incrementAndGet();
    }

    @Override
    public void refusedTooLarge() {
        tooLarge.incrementAndGet();
    }

    @Override
    public String status() {
        return "{}";
    }

    @Override
    public void forgetBaseline() {
        spans.clear();
    }
}
