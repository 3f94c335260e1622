package io.dettrace.incident.culprit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the incident a second time: in which requests, and when, do its departures happen, and which do others explain. */
final class Occurrences {
    private static final long NOT = Long.MIN_VALUE;
    private static final int MIDDLE = 1;

    private final Comparison c;
    private final Callees callees;
    private final double z;
    private final List<Departure> departures = new ArrayList<>();
    private final Map<Integer, Integer> byNode = new HashMap<>();
    private final Map<Integer, Integer> byTime = new HashMap<>();
    private final Map<Integer, Double> threshold = new HashMap<>();
    private final Map<String, List<String>> examples = new HashMap<>();
    private final Map<Integer, Integer> byFailure = new HashMap<>();
    /** By service the number under which all its departures count as one. */
    private final Map<String, Integer> services = new LinkedHashMap<>();

    Occurrences(Comparison c, Callees callees, double z) {
        this.callees = callees;
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

        for (Departure d : departures) {
            services.putIfAbsent(d.service(), departures.size() + services.size());
        }
        Explanations explanations = new Explanations(departures.size() + services.size());
        walk(changed, explanations);
        List<Departure> result = new ArrayList<>();
        for (int d = 0; d < departures.size(); d++) {
            result.add(explained(d, explanations));
            examples.putIfAbsent(
                    key(departures.get(d)),
                    explanations.examples(d).stream().map(c.incident::trace).toList());
        }
        return result;
    }

    /** Traces that show a departure best, the clearest first; none for what is not of requests. */
    List<String> examples(Departure d) {
        return examples.getOrDefault(key(d), List.of());
    }

    private static String key(Departure d) {
        return String.join("\0", d.kind().name(), d.service(), d.subject(), d.from(), d.expected(), d.instead());
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

    /** What explains a departure: any one of its own service, and all of one that it calls together. */
    private Departure explained(int d, Explanations explanations) {
        Departure of = departures.get(d);
        double within = 0;
        Map<String, Departure> worst = new HashMap<>();
        for (int other = 0; other < departures.size(); other++) {
            Departure by = departures.get(other);
            worst.merge(by.service(), by, (a, b) -> a.relevance() >= b.relevance() ? a : b);
            if (other != d && by.service().equals(of.service())) {
                within = Math.max(within, share(explanations.explained(d, other, of), of, by));
            }
        }
        double most = 0;
        @Nullable Departure by = null;
        for (Map.Entry<String, Integer> service : services.entrySet()) {
            Departure its = worst.get(service.getKey());
            if (its != null && callees.below(of.service()).contains(service.getKey())) {
                double share = share(explanations.explained(d, service.getValue(), of), of, its);
                if (share > most) {
                    most = share;
                    by = its;
                }
            }
        }
        Departure result = of.within(within);
        return by == null ? result : result.explained(most, by);
    }

    /** What means little to requests can't be why they lose much. */
    private static double share(double share, Departure of, Departure by) {
        return share * Math.min(1, by.relevance() / of.relevance());
    }

    /** What a walk tells, by request. */
    private static final class Notes {
        private long[][] notes = new long[64][];
        private int size;
        private int next;

        void add(int request, int departure, long time, int span, int rank) {
            if (size == notes.length) {
                notes = Arrays.copyOf(notes, 2 * size);
            }
            notes[size++] = new long[] {request, departure, time, span, rank};
        }

        /** Tells those of one request; true if there are any. */
        boolean tell(int request, Explanations out, List<Departure> departures, Map<String, Integer> services) {
            int from = next;
            for (; next < size && notes[next][0] == request; next++) {
                long[] n = notes[next];
                if (n[2] == NOT) {
                    out.pass((int) n[1]);
                } else {
                    out.happen((int) n[1], n[2], (int) n[3], (int) n[4]);
                    int service =
                            services.getOrDefault(departures.get((int) n[1]).service(), 0);
                    out.happen(service, n[2], (int) n[3], (int) n[4]);
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
                structure.add(request, d, departs ? time : NOT, span, rank(chain, to));
            }
        });
        Notes late = new Notes();
        c.times.walk(c.incident, c.now, (request, group, span, ms) -> {
            @Nullable Integer d = byTime.get(group);
            if (d != null) {
                double limit = threshold.getOrDefault(group, 0.0);
                // It is late for as long as it took more than the limit.
                long when = c.now.corrected(span, c.incident.end(span)) - Math.round((ms - limit) * 1e6);
                late.add(request, d, ms > limit ? when : NOT, span, MIDDLE);
            }
        });
        Notes failing = new Notes();
        c.failures.walk(c.incident, c.now, new Failures.Visitor() {
            @Override
            public void pass(int request, int group) {
                @Nullable Integer d = byFailure.get(group);
                if (d != null) {
                    failing.add(request, d, NOT, 0, MIDDLE);
                }
            }

            @Override
            public void fail(int request, int group, int span, long time) {
                @Nullable Integer d = byFailure.get(group);
                if (d != null) {
                    failing.add(request, d, time, span, MIDDLE);
                }
            }
        });
        for (int r = 0; r < c.incident.requests(); r++) {
            boolean any = structure.tell(r, out, departures, services)
                    | late.tell(r, out, departures, services)
                    | failing.tell(r, out, departures, services);
            if (any) {
                out.endRequest(r);
            }
        }
    }

    /** At one time a step comes before an end, and what log records tell before that a span ends. */
    private static int rank(int chain, long to) {
        boolean end = to == Token.END || to == Token.END_IN_ERROR;
        return !end ? 0 : chain == SpanChains.LOGS ? MIDDLE : MIDDLE + 1;
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
