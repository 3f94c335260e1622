package io.dettrace.server.live;

import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.CulpritFinder;
import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.TelemetryMetric;
import java.util.List;

/** A closed window to be compared with the baseline as it is now; holds all it needs, so that any thread may do it. */
final class Judgement {
    final WindowSample window;
    final boolean learning;
    private final List<WindowSample.Part> baseline;
    private final List<TelemetryMetric> baselineMetrics;
    private final List<WindowSample.Part> requests;
    private final List<TelemetryMetric> metrics;
    private final String[] symbols;
    private final double level;

    Judgement(WindowSample window, Baseline baseline, boolean learning, String[] symbols, long length, double level) {
        this.window = window;
        this.learning = learning;
        this.baseline = learning ? List.of() : baseline.parts(length);
        this.baselineMetrics = learning ? List.of() : baseline.metrics();
        requests = learning ? List.of() : window.parts(1);
        metrics = List.copyOf(window.metrics);
        this.symbols = symbols;
        this.level = level;
    }

    /** Who departs; nobody while the baseline is still being learnt. */
    List<Culprit> culprits() {
        if (learning) {
            return List.of();
        }
        Names names = new Names();
        return new CulpritFinder(build(names, baseline, baselineMetrics), build(names, requests, metrics), level)
                .find()
                .culprits();
    }

    private Window build(Names names, List<WindowSample.Part> parts, List<TelemetryMetric> points) {
        WindowBuilder builder = new WindowBuilder(names);
        RequestReader reader = new RequestReader(symbols);
        for (WindowSample.Part part : parts) {
            builder.weight(part.weight());
            part.requests().forEach(r -> reader.read(r.bytes(), r.traceHigh(), r.traceLow(), builder));
        }
        points.forEach(builder::metric);
        return builder.build();
    }
}
