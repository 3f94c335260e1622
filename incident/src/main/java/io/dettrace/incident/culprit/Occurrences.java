package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongHashSet;

/** Goes through the incident a second time and tells in which requests, and when, its departures happen. */
final class Occurrences {
    private final Window window;
    private final Units units;
    private final Transitions steps;
    private final Times times;
    private final LongHashSet logging;

    Occurrences(Window window, Units units, Transitions steps, Times times, LongHashSet logging) {
        this.window = window;
        this.units = units;
        this.steps = steps;
        this.times = times;
        this.logging = logging;
    }

    /** One request's worth of notes, as both walks go by request. */
    private static final class Notes {
        private long[][] notes = new long[64][];
        private int size;

        void add(int request, int departure, long time, int span) {
            if (size == notes.length) {
                notes = java.util.Arrays.copyOf(notes, 2 * size);
            }
            notes[size++] = new long[] {request, departure, time, span};
        }
    }

    void walk(
            List<StructureFinder.Found> changed,
            Map<Integer, Integer> byNode,
            Map<Integer, Integer> byGroup,
            Map<Integer, Double> threshold,
            Explanations out) {
        Notes structure = new Notes();
        new SpanChains(window, units, logging).walk((request, span, chain, seen, from, to, time) -> {
            int node = steps.find(window, units, span, chain, seen, from);
            Integer departure = byNode.get(node);
            if (departure != null) {
                boolean departs = departs(changed.get(departure), steps.findStep(node, to));
                structure.add(request, departure, departs ? time : Long.MIN_VALUE, span);
            }
        });
        Notes late = new Notes();
        times.walk(window, units, (request, group, span, ms) -> {
            Integer departure = byGroup.get(group);
            if (departure != null) {
                double limit = threshold.get(group);
                // It is late from the moment on at which it should have been over.
                long when = window.start(span) + Math.round(Math.max(0, limit) * 1e6);
                late.add(request, departure, ms > limit ? when : Long.MIN_VALUE, span);
            }
        });
        merge(structure, late, out);
    }

    private void merge(Notes a, Notes b, Explanations out) {
        int i = 0;
        int j = 0;
        for (int r = 0; r < window.requests(); r++) {
            boolean any = false;
            while (i < a.size && a.notes[i][0] == r) {
                tell(a.notes[i++], out);
                any = true;
            }
            while (j < b.size && b.notes[j][0] == r) {
                tell(b.notes[j++], out);
                any = true;
            }
            if (any) {
                out.endRequest();
            }
        }
    }

    private static void tell(long[] note, Explanations out) {
        if (note[2] == Long.MIN_VALUE) {
            out.pass((int) note[1]);
        } else {
            out.happen((int) note[1], note[2], (int) note[3]);
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
        int node = steps.stepNode[step];
        return (long) steps.taking[2 * step + 1] * steps.passing[2 * node]
                > (long) steps.taking[2 * step] * steps.passing[2 * node + 1];
    }
}
