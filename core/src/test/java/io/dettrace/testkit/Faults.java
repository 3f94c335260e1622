package io.dettrace.testkit;

import io.dettrace.testkit.TestTrace.Event;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Single faults put into a trace, each with the places where a correct comparison may find it. */
public final class Faults {
    /** What is done to one event. */
    public enum Kind {
        NEW_TEXT,
        REUSED_TEXT,
        MISSING,
        DUPLICATED,
        SWAPPED;

        /** True if the event stays and only its text changes, so that its effects can be corrupted too. */
        public boolean relabels() {
            return this == NEW_TEXT || this == REUSED_TEXT;
        }
    }

    /**
     * A fault in a copy of the trace.
     *
     * @param baselineFrom first position in the lane of the baseline where it may be found; equal neighbours are one class
     * @param baselineTo last such position
     * @param cone ids of the events that depend on it in the faulty trace
     */
    public record Injected(
            TestTrace faulty,
            Kind kind,
            String lane,
            long baselineFrom,
            long baselineTo,
            Set<Integer> cone,
            int event) {}

    private Faults() {}

    /** Puts a fault at the event with this id; null if the kind cannot be seen there. */
    public static Injected inject(TestTrace trace, Kind kind, int id, Random random) {
        return inject(trace, kind, id, random, Set.of());
    }

    /** The same without corrupted effects in some lanes, where they would hide another fault. */
    public static Injected inject(TestTrace trace, Kind kind, int id, Random random, Set<String> spared) {
        TestTrace faulty = trace.copy();
        Event e = faulty.event(id);
        String lane = e.lane;
        int at = faulty.position(e);
        int from = at;
        int to = at;
        switch (kind) {
            case NEW_TEXT -> e.label = "fault " + random.nextInt(1_000_000);
            case REUSED_TEXT -> {
                List<String> others = faulty.lane(lane).stream()
                        .map(o -> o.label)
                        .filter(l -> !l.equals(e.label))
                        .distinct()
                        .toList();
                if (others.isEmpty()) {
                    return null;
                }
                e.label = others.get(random.nextInt(others.size()));
            }
            case MISSING -> {
                int[] run = faulty.equalRun(lane, at);
                from = run[0];
                to = run[1];
            }
            case DUPLICATED -> {
                to = faulty.equalRun(lane, at)[1] + 1;
                Event copy = faulty.duplicate(e);
                return new Injected(faulty, kind, lane, from, to, ids(faulty, copy), id);
            }
            case SWAPPED -> {
                List<Event> events = faulty.lane(lane);
                if (at + 1 == events.size() || events.get(at + 1).label.equals(e.label)) {
                    return null;
                }
            }
        }
        Set<Integer> cone = ids(faulty, e);
        if (kind == Kind.MISSING && random.nextBoolean()) {
            faulty.deleteWithLinks(e);
        } else if (kind == Kind.MISSING) {
            faulty.delete(e);
        } else if (kind == Kind.SWAPPED) {
            faulty.swapWithNext(e);
        } else {
            faulty.corruptCone(e, random, spared);
        }
        return new Injected(faulty, kind, lane, from, to, cone, id);
    }

    private static Set<Integer> ids(TestTrace trace, Event e) {
        return trace.cone(e).stream().map(x -> x.id).collect(java.util.stream.Collectors.toSet());
    }
}
