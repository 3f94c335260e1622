package io.dettrace.incident.simulation;

import io.dettrace.incident.IncidentAnalysis;
import io.dettrace.incident.blast.ServiceEffect;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.TelemetrySink;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
        IncidentAnalysis analysis = IncidentAnalysis.of(before.build(), now.build(), 0.05);
        List<String> services =
                analysis.findings().culprits().stream().map(Culprit::service).toList();
        Set<String> hit =
                analysis.blast().effects().stream().map(ServiceEffect::service).collect(Collectors.toSet());
        return new Answer(services, hit, analysis.family().family().key());
    }
}
