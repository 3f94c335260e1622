package io.dettrace.report;

import io.dettrace.event.SourceRef;
import io.dettrace.timing.LateRoot;
import io.dettrace.timing.Periodic;
import io.dettrace.timing.PeriodicLane;
import io.dettrace.timing.TimingVerdict;
import io.dettrace.timing.Violation;
import java.util.Set;

/** The places of the events that reports on timing show. */
final class TimingPlaces {
    private TimingPlaces() {}

    /** Adds them. */
    static void collect(TimingVerdict timing, Set<SourceRef> baseline, Set<SourceRef> candidate) {
        for (LateRoot root :
                timing.roots().stream().limit(TimingJson.SHOWN_ROOTS).toList()) {
            baseline.add(root.baseline().source());
            candidate.add(root.candidate().source());
            root.enabling().ifPresent(e -> candidate.add(e.source()));
            for (LateRoot.Step step : root.reached()) {
                baseline.add(step.baseline().source());
                candidate.add(step.candidate().source());
            }
        }
        for (Violation v : timing.violations()) {
            candidate.add(v.first().source());
            v.since().ifPresent(e -> candidate.add(e.source()));
        }
        for (PeriodicLane lane :
                timing.periodic().stream().limit(TimingJson.SHOWN_PERIODIC).toList()) {
            baseline.add(lane.first().source());
            lane.baseline().firstMissed().ifPresent(e -> baseline.add(e.source()));
            lane.baseline().firstDoubled().ifPresent(e -> baseline.add(e.source()));
            lane.baseline().firstChange().ifPresent(c -> baseline.add(c.at().source()));
            lane.candidate().flatMap(Periodic::firstChange).ifPresent(c -> candidate.add(c.at().source()));
            lane.candidate().flatMap(Periodic::firstMissed).ifPresent(e -> candidate.add(e.source()));
            lane.candidate().flatMap(Periodic::firstDoubled).ifPresent(e -> candidate.add(e.source()));
        }
    }
}
