package io.dettrace.incident.simulation;

import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.CulpritFinder;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.TelemetrySink;
import java.util.HashSet;
import java.util.List;
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
        List<Culprit> culprits =
                new CulpritFinder(before.build(), now.build(), 0.05).find().culprits();
        List<String> services = culprits.stream().map(Culprit::service).toList();
        return new Answer(services, new HashSet<>(services), "unknown");
    }
}
