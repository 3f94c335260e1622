package io.dettrace.incident.simulation;

import io.dettrace.telemetry.TelemetrySink;
import java.util.function.Consumer;

/** A ranker for comparison, which works on what {@link Observed} keeps of a window. */
abstract class ObservedRanker implements Ranker {
    @Override
    public final Answer rank(Consumer<TelemetrySink> baseline, Consumer<TelemetrySink> incident) {
        return rank(Observed.of(baseline), Observed.of(incident));
    }

    /** Its answer. */
    abstract Answer rank(Observed before, Observed after);
}
