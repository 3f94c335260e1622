package io.dettrace.cli;

import io.dettrace.event.InputNote;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.Telemetry;
import io.dettrace.incident.WindowAnalysis;
import io.dettrace.incident.WindowIncident;
import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import io.dettrace.incident.window.WindowBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Reads windows of many requests, and compares them. */
final class WindowRuns {
    private final ReadOptions options;
    private final InputStream standardInput;
    private final PrintWriter err;

    /**
     * @param err takes notes on what was tolerated in the inputs
     */
    WindowRuns(ReadOptions options, InputStream standardInput, PrintWriter err) {
        this.options = options;
        this.standardInput = standardInput;
        this.err = err;
    }

    /** What two inputs say as windows; empty if one is no telemetry, or neither holds more than one trace. */
    Optional<WindowIncident> compare(String baseline, String incident, double level) throws IOException {
        try (Telemetry telemetry = new Telemetry(options, standardInput)) {
            if (!telemetry.isTelemetry(baseline) || !telemetry.isTelemetry(incident)) {
                return Optional.empty();
            }
            Names names = new Names();
            Window before = read(telemetry, baseline, names);
            Window now = read(telemetry, incident, names);
            if (before.requests() <= 1 && now.requests() <= 1) {
                return Optional.empty();
            }
            return Optional.of(new WindowAnalysis(before, now, level).of(baseline, incident));
        }
    }

    private Window read(Telemetry telemetry, String name, Names names) throws IOException {
        WindowBuilder builder = new WindowBuilder(names);
        for (InputNote note : telemetry.read(List.of(name), builder)) {
            err.printf("dettrace: note: %s: %,d %s, first at %s%n", name, note.count(), note.message(), note.first());
        }
        err.flush();
        return builder.build();
    }
}
