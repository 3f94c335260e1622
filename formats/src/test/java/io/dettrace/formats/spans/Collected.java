package io.dettrace.formats.spans;

import io.dettrace.event.InputNote;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.Telemetry;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Telemetry that was handed over. */
final class Collected implements TelemetrySink {
    final List<TelemetrySpan> spans = new ArrayList<>();
    final List<TelemetryLog> logs = new ArrayList<>();
    final List<TelemetryMetric> points = new ArrayList<>();
    List<InputNote> notes = List.of();

    static Collected of(Path... inputs) throws IOException {
        return of(ReadOptions.DEFAULT, inputs);
    }

    static Collected of(ReadOptions options, Path... inputs) throws IOException {
        Collected all = new Collected();
        try (Telemetry telemetry = new Telemetry(options, InputStream.nullInputStream())) {
            all.notes = telemetry.read(Stream.of(inputs).map(Path::toString).toList(), all);
        }
        return all;
    }

    List<String> codes() {
        return notes.stream().map(InputNote::code).toList();
    }

    TelemetrySpan span(String service, String name) {
        return spans.stream()
                .filter(s -> s.resource().service().equals(service) && s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of " + service + " in " + spans));
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
        points.add(point);
    }
}
