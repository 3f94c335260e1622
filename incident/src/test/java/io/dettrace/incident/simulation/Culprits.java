package io.dettrace.incident.simulation;

import io.dettrace.incident.WindowAnalysis;
import io.dettrace.incident.WindowIncident;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.TelemetrySink;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The analysis of the product, as one ranker among others. */
public final class Culprits implements Ranker {
    /** A ranker. */
    public Culprits() {}

    @Override
    public String name() {
        return "dettrace";
    }

    @Override
    public Answer rank(Consumer<TelemetrySink> baseline, Consumer<TelemetrySink> incident) {
        var names = new io.dettrace.incident.window.Names();
        WindowBuilder before = new WindowBuilder(names);
        baseline.accept(before);
        WindowBuilder now = new WindowBuilder(names);
        incident.accept(now);
        WindowIncident found = new WindowAnalysis(before.build(), now.build(), 0.05).of("", "");
        List<String> services =
                found.findings().culprits().stream().map(Culprit::service).toList();
        Set<String> hit = new HashSet<>();
        found.blast().ifPresent(b -> b.effects().forEach(e -> hit.add(e.service())));
        return new Answer(services, hit, found.family().map(f -> f.family().key()).orElse("unknown"));
    }
}
