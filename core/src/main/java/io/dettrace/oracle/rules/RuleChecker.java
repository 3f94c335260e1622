package io.dettrace.oracle.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks rules in one pass over the events of a run, in the order in which they come. Memory grows with the keys that are
 * open, up to a limit. Not thread-safe.
 */
public final class RuleChecker {
    /** Keys that all rules may hold open together, some 300 bytes each, unless said otherwise. */
    public static final long MAX_KEYS = 500_000;

    /** Kinds whose rules are remembered. */
    private static final int MAX_KINDS = 100_000;

    private final List<Monitor> monitors = new ArrayList<>();
    private final List<Monitor> timed = new ArrayList<>();
    private final Map<String, Monitor[]> byKind = new HashMap<>();
    private long events;
    private long latest = Observation.NO_TIME;
    private long backwards;

    /** @param maxKeys keys that all rules may hold open together, at least 1 */
    public RuleChecker(Rule.All rules, long maxKeys) {
        Budget budget = new Budget(maxKeys);
        for (Rule.Entry entry : rules.entries()) {
            Monitor monitor = Monitor.of(entry, budget);
            monitors.add(monitor);
            if (monitor.isTimed()) {
                timed.add(monitor);
            }
        }
    }

    /** Takes the next event. */
    public void take(Observation event) {
        events++;
        long now = event.time();
        if (now != Observation.NO_TIME) {
            backwards += now < latest ? 1 : 0;
            latest = Math.max(latest, now);
        }
        for (Monitor m : timed) {
            m.tick(event, events);
        }
        for (Monitor m : monitorsOf(event.kind())) {
            m.take(event, events);
        }
    }

    /** True if an event was of the kind, or of so many that this is not known. */
    private boolean wasSeen(String kind) {
        return byKind.size() == MAX_KINDS || byKind.containsKey(kind);
    }

    private Monitor[] monitorsOf(String kind) {
        Monitor[] known = byKind.get(kind);
        if (known == null) {
            known = monitors.stream()
                    .filter(m -> {
                        Set<String> kinds = m.kinds();
                        return kinds.isEmpty() || kinds.contains(kind);
                    })
                    .toArray(Monitor[]::new);
            if (byKind.size() < MAX_KINDS) {
                byKind.put(kind, known);
            }
        }
        return known;
    }

    /**
     * The run is over.
     *
     * @param cut true if it may have gone on, so that what is open is no violation
     */
    public RuleResult end(boolean cut) {
        monitors.forEach(m -> m.end(cut, events + 1));
        return new RuleResult(
                events,
                cut,
                backwards,
                monitors.stream().map(m -> m.outcome(this::wasSeen)).toList());
    }
}
