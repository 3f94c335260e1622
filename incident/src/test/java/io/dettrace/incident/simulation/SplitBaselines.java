package io.dettrace.incident.simulation;

import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.CulpritFinder;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How often a culprit is named where there is none: {@code [SYSTEMS] [SPLITS] [SEED]}. The baseline of each of SYSTEMS simulated
 * incidents is split at random into two windows, request by request, SPLITS times.
 */
public final class SplitBaselines {
    private SplitBaselines() {}

    /** Prints each culprit that is named, and how often one is. */
    public static void main(String[] arguments) {
        int systems = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int splits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 5;
        int named = 0;
        for (int system = 0; system < systems; system++) {
            Incident incident = Incident.generate(seed, system);
            for (int split = 0; split < splits; split++) {
                List<Culprit> culprits = culprits(incident, new Random(31L * split + system));
                if (!culprits.isEmpty()) {
                    named++;
                    Culprit first = culprits.get(0);
                    System.out.println(first.service() + " " + first.score() + ": "
                            + first.cause().sentence());
                }
            }
        }
        System.out.println(named + " of " + systems * splits + " splits name a culprit");
    }

    /** Culprits between two random halves of an incident's baseline. */
    static List<Culprit> culprits(Incident incident, Random random) {
        var names = new io.dettrace.incident.window.Names();
        WindowBuilder one = new WindowBuilder(names);
        WindowBuilder other = new WindowBuilder(names);
        incident.baseline().accept(new Halves(one, other, random));
        return new CulpritFinder(one.build(), other.build(), 0.05).find().culprits();
    }

    private record Halves(TelemetrySink one, TelemetrySink other, Random random, Map<Long, TelemetrySink> sides)
            implements TelemetrySink {
        Halves(TelemetrySink one, TelemetrySink other, Random random) {
            this(one, other, random, new HashMap<>());
        }

        private TelemetrySink of(long key) {
            return sides.computeIfAbsent(key, k -> random.nextBoolean() ? one : other);
        }

        @Override
        public void span(TelemetrySpan span) {
            of(span.traceLow()).span(span);
        }

        @Override
        public void log(TelemetryLog log) {
            of(log.traceLow()).log(log);
        }

        @Override
        public void metric(TelemetryMetric point) {
            of(point.time()).metric(point);
        }
    }
}
