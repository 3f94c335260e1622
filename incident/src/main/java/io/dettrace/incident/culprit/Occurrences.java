package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the incident a second time: in which requests, and when, do its departures happen, and which do others explain. */
final class Occurrences {
    private static final long NOT = Long.MIN_VALUE;

    private final Comparison c;
    private final double z;
    private final List<Departure> departures = new ArrayList<>();
    private final Map<Integer, Integer> byNode = new HashMap<>();
    private final Map<Integer, Integer> byTime = new HashMap<>();
    private final Map<Integer, Double> threshold = new HashMap<>();
    private final Map<Integer, Integer> byFailure = new HashMap<>();

    Occurrences(Comparison c, double z) {
        this.c = c;
        this.z = z;
    }

    /** The departures: those between services given to their owners, what earlier ones explain discounted. */
    List<Departure> explained(List<StructureFinder.Found> changed, List<Found> times, List<Found> failures) {
        for (StructureFinder.Found f : changed) {
            byNode.put(f.node(), departures.size());
            departures.add(f.departure());
        }
        EdgeOwners owners = new EdgeOwners(c.calls(), z);
        take(times, owners, byTime);
        times.forEach(f -> threshold.put(f.group(), f.threshold()));
        take(failures, owners, byFailure);

        Explanations explanations = new Explanations(departures.size());
        walk(changed, explanations);
        List<Departure> result = new ArrayList<>();
        for (int d = 0; d < departures.size(); d++) {
            result.add(explained(d, explanations));
        }
        return result;
    }

    private void take(List<Found> found, EdgeOwners owners, Map<Integer, Integer> numbers) {
        List<Found> between = new ArrayList<>();
        for (Found f : found) {
            if (f.departure().subject().indexOf('>') > 0 && f.departure().kind() != Departure.Kind.OWN_TIME) {
                between.add(f);
            } else {
                numbers.put(f.group(), departures.size());
                departures.add(f.departure());
            }
        }
        for (EdgeOwners.Owned owned : owners.own(between)) {
            owned.parts().forEach(f -> numbers.put(f.group(), departures.size()));
            departures.add(owned.departure());
        }
    }

    private Departure explained(int d, Explanations explanations) {
        double most = 0;
        @Nullable Departure by = null;
        for (int other = 0; other < departures.size(); other++) {
            double share = other == d ? 0 : explanations.explained(d, other, departures.get(d));
            // What means little to requests can't be why they lose much.
            share *= Math.min(
                    1, departures.get(other).relevance() / departures.get(d).relevance());
            if (share > most) {
                most = share;
                by = departures.get(other);
            }
        }
        if (System.getProperty("dbg") != null && departures.get(d).service().equals(System.getProperty("dbg"))) for (int o=0;o<departures.size();o++) System.out.println(departures.get(d).subject()+" <- "+departures.get(o).service()+" "+departures.get(o).kind()+" "+departures.get(o).subject()+" "+explanations.explained(d,o,departures.get(d))+" "+explanations.text(d,o));
        return by == null ? departures.get(d) : departures.get(d).explained(most, by);
    }

    /** What a walk tells, by request. */
    private static final class Notes {
        private long[][] notes = new long[64][];
        private int size;
        private int next;

        void add(int request, int departure, long time, int span) {
            if (size == notes.length) {
                notes = Arrays.copyOf(notes, 2 * size);
            }
            notes[size++] = new long[] {request, departure, time, span};
        }

        /** Tells those of one request; true if there are any. */
        boolean tell(int request, Explanations out) {
            int from = next;
            for (; next < size && notes[next][0] == request; next++) {
                long[] n = notes[next];
                if (n[2] == NOT) {
                    out.pass((int) n[1]);
                } else {
                    out.happen((int) n[1], n[2], (int) n[3]);
                }
            }
            return next > from;
        }
    }

    private void walk(List<StructureFinder.Found> changed, Explanations out) {
        Notes structure = new Notes();
        new SpanChains(c.incident, c.now, c.logging).walk((request, span, chain, seen, from, to, time) -> {
            int node = c.steps.find(c.incident, c.now, span, chain, seen, from);
            @Nullable Integer d = byNode.get(node);
            if (d != null) {
                boolean departs = departs(changed.get(d), c.steps.findStep(node, to));
                structure.add(request, d, departs ? time : NOT, span);
            }
        });
        Notes late = new Notes();
        c.times.walk(c.incident, c.now, (request, group, span, ms) -> {
            @Nullable Integer d = byTime.get(group);
            if (d != null) {
                double limit = threshold.getOrDefault(group, 0.0);
                // It is late from the moment on at which it should have been over.
                long when = c.now.corrected(span, c.incident.start(span)) + Math.round(Math.max(0, limit) * 1e6);
                late.add(request, d, ms > limit ? when : NOT, span);
            }
        });
        Notes failing = new Notes();
        c.failures.walk(c.incident, c.now, new Failures.Visitor() {
            @Override
            public void pass(int request, int group) {
                @Nullable Integer d = byFailure.get(group);
                if (d != null) {
                    failing.add(request, d, NOT, 0);
                }
            }

            @Override
            public void fail(int request, int group, int span, long time) {
                @Nullable Integer d = byFailure.get(group);
                if (d != null) {
                    failing.add(request, d, time, span);
                }
            }
        });
        for (int r = 0; r < c.incident.requests(); r++) {
            boolean any = structure.tell(r, out) | late.tell(r, out) | failing.tell(r, out);
            if (any) {
                out.endRequest();
            }
        }
    }

    /** True if a step is what departs at its node. */
    private boolean departs(StructureFinder.Found found, int step) {
        if (found.byLoss()) {
            return step != found.expected() && more(step);
        }
        return step == found.instead();
    }

    private boolean more(int step) {
        int node = c.steps.stepNode[step];
        return (long) c.steps.taking[2 * step + 1] * c.steps.passing[2 * node]
                > (long) c.steps.taking[2 * step] * c.steps.passing[2 * node + 1];
    }
}
