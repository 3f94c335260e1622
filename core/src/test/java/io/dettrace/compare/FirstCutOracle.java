package io.dettrace.compare;

import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Common prefix, heads, blame and roots straight from their definitions: whole runs in memory, sets, and reachability by
 * repetition. It stops at the first cut: it knows no re-synchronisation.
 */
final class FirstCutOracle {
    private final TestTrace[] runs;
    private final Map<Event, Integer> ordinal = new HashMap<>();

    /** Events of the common prefix, by lane. */
    final Map<String, Integer> prefix = new TreeMap<>();

    /** Lanes of each root. */
    final List<Set<String>> roots = new ArrayList<>();

    FirstCutOracle(TestTrace a, TestTrace b) {
        runs = new TestTrace[] {a, b};
        Set<String> lanes = new TreeSet<>(a.lanes());
        lanes.addAll(b.lanes());
        for (TestTrace run : runs) {
            run.lanes().forEach(lane -> index(run.lane(lane)));
        }
        lanes.forEach(lane ->
                prefix.put(lane, Math.min(a.lane(lane).size(), b.lane(lane).size())));
        boolean shrinks = true;
        while (shrinks) {
            shrinks = false;
            for (String lane : lanes) {
                int agree = 0;
                while (agree < prefix.get(lane) && corresponds(lane, agree)) {
                    agree++;
                }
                shrinks |= prefix.put(lane, agree) != agree;
            }
        }
        findRoots(lanes);
    }

    private void index(List<Event> lane) {
        for (int i = 0; i < lane.size(); i++) {
            ordinal.put(lane.get(i), i);
        }
    }

    private boolean corresponds(String lane, int at) {
        Event x = runs[0].at(lane, at);
        Event y = runs[1].at(lane, at);
        if (!x.label.equals(y.label) || !inPrefix(x) || !inPrefix(y)) {
            return false;
        }
        Set<String> named = new TreeSet<>();
        x.preds.forEach(p -> named.add(p.lane));
        y.preds.forEach(p -> named.add(p.lane));
        return named.stream().allMatch(of -> knows(0, lane, at, of) == knows(1, lane, at, of));
    }

    private boolean inPrefix(Event e) {
        return e.preds.stream().allMatch(p -> position(p) < prefix.get(p.lane));
    }

    private int position(Event e) {
        return ordinal.getOrDefault(e, Integer.MAX_VALUE);
    }

    /** The newest event of lane {@code of} that the event names, or that earlier ones did if it names none. */
    private int knows(int run, String lane, int at, String of) {
        int direct = newest(runs[run].at(lane, at), of);
        int earlier = -1;
        for (int i = 0; i < at && direct < 0; i++) {
            earlier = Math.max(earlier, newest(runs[run].at(lane, i), of));
        }
        return Math.max(direct, earlier);
    }

    private int newest(Event e, String of) {
        return e.preds.stream()
                .filter(p -> p.lane.equals(of))
                .mapToInt(this::position)
                .max()
                .orElse(-1);
    }

    /** True if the lane's heads have equal labels, so that only their predecessors differ. */
    boolean headsAgree(String lane) {
        Event x = head(0, lane);
        Event y = head(1, lane);
        return x != null && y != null && x.label.equals(y.label);
    }

    private Event head(int run, String lane) {
        List<Event> events = runs[run].lane(lane);
        return prefix.get(lane) < events.size() ? events.get(prefix.get(lane)) : null;
    }

    private void findRoots(Set<String> lanes) {
        Map<String, Set<String>> reach = new TreeMap<>();
        for (String lane : lanes) {
            Set<String> blamed = new TreeSet<>();
            for (int run = 0; run < 2; run++) {
                Event head = head(run, lane);
                for (Event p : head == null ? List.<Event>of() : head.preds) {
                    if (position(p) >= prefix.get(p.lane)) {
                        blamed.add(p.lane);
                    }
                }
            }
            if (head(0, lane) != null || head(1, lane) != null) {
                reach.put(lane, blamed);
            }
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Set<String> reached : reach.values()) {
                for (String q : new ArrayList<>(reached)) {
                    grows |= reached.addAll(reach.get(q));
                }
            }
        }
        Set<String> done = new HashSet<>();
        reach.forEach((lane, reached) -> {
            boolean sink = reached.stream().allMatch(q -> reach.get(q).contains(lane));
            if (sink && done.add(lane)) {
                Set<String> component = new TreeSet<>(reached);
                component.add(lane);
                done.addAll(component);
                Set<String> differing = new TreeSet<>(component);
                differing.removeIf(l -> head(0, l) != null
                        && head(1, l) != null
                        && head(0, l).label.equals(head(1, l).label));
                roots.add(differing.isEmpty() ? component : differing);
            }
        });
    }
}
