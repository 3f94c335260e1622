package io.dettrace.incident.simulation;

import io.dettrace.telemetry.TelemetrySink;
import java.util.function.Consumer;

/** What names the culprit of an incident from two windows; one object is used by several threads at a time. */
public interface Ranker {
    /** Its name in tables. */
    String name();

    /** Its answer. Each window gives the same telemetry to as many sinks as it is asked to. */
    Answer rank(Consumer<TelemetrySink> baseline, Consumer<TelemetrySink> incident);
}
