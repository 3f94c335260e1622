package io.dettrace.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A small labelled partial order that tests can change: lanes of events, an event's predecessors in other lanes, and a
 * recorded order. Every operation changes this trace; {@link #copy()} first. A copy's events keep their {@link Event#id}.
 *
 * <p>What a trace looks like to the engine (vector clocks or identities) is {@link TestRun}'s business.
 */
public final class TestTrace {
    /** An event; mutable. */
    public static final class Event {
        /** The same in all copies of a trace. */
        public final int id;

        public final String lane;
        public String label;
        public String kind;
        public final List<Event> preds = new ArrayList<>();

        /** In the order, but not recorded: leaves a gap in vector clocks. */
        public boolean hidden;

        Event(int id, String lane, String label, String kind) {
            this.id = id;
            this.lane = lane;
            this.label = label;
            this.kind = kind;
        }

        @Override
        public String toString() {
            return lane + "#" + id + "=" + label;
        }
    }

    private final Map<String, List<Event>> lanes = new LinkedHashMap<>();
    private List<Event> recorded = new ArrayList<>();
    private int nextId;

    /** Appends an event to its lane and to the recorded order. */
    public Event add(String lane, String label, Event... preds) {
        return add(lane, label, null, List.of(preds));
    }

    /** Appends an event with a kind; {@code kind} null means that the mapping declares none. */
    public Event add(String lane, String label, String kind, Collection<Event> preds) {
        Event e = new Event(nextId++, lane, label, kind);
        e.preds.addAll(preds);
        lanes.computeIfAbsent(lane, l -> new ArrayList<>()).add(e);
        recorded.add(e);
        return e;
    }

    /** A deep copy. */
    public TestTrace copy() {
        TestTrace copy = new TestTrace();
        Map<Event, Event> twins = new HashMap<>();
        lanes.forEach((name, events) -> {
            List<Event> list = new ArrayList<>();
            for (Event e : events) {
                Event twin = new Event(e.id, e.lane, e.label, e.kind);
                twin.hidden = e.hidden;
                twins.put(e, twin);
                list.add(twin);
            }
            copy.lanes.put(name, list);
        });
        twins.forEach((e, twin) -> e.preds.forEach(p -> twin.preds.add(twins.get(p))));
        recorded.forEach(e -> copy.recorded.add(twins.get(e)));
        copy.nextId = nextId;
        return copy;
    }

    /** Names of the lanes in the order of their first appearance. */
    public List<String> lanes() {
        return List.copyOf(lanes.keySet());
    }

    /** The lane's events in order. */
    public List<Event> lane(String name) {
        return lanes.getOrDefault(name, List.of());
    }

    /** All events in recorded order. */
    public List<Event> recorded() {
        return recorded;
    }

    public int size() {
        return recorded.size();
    }

    public Event event(int id) {
        return recorded.stream().filter(e -> e.id == id).findFirst().orElseThrow();
    }

    public Event at(String lane, int position) {
        return lane(lane).get(position);
    }

    /** Position of the event in its lane. */
    public int position(Event e) {
        return lane(e.lane).indexOf(e);
    }

    private Event before(Event e) {
        int at = position(e);
        return at == 0 ? null : lane(e.lane).get(at - 1);
    }

    // ---- order -----------------------------------------------------------------------------------------------------

    /** Lane predecessor and predecessors in other lanes, for every event. */
    private Map<Event, List<Event>> allPreds() {
        Map<Event, List<Event>> all = new HashMap<>();
        for (List<Event> events : lanes.values()) {
            Event last = null;
            for (Event e : events) {
                List<Event> preds = new ArrayList<>(e.preds);
                if (last != null) {
                    preds.add(last);
                }
                all.put(e, preds);
                last = e;
            }
        }
        return all;
    }

    /** The events from first to last so that none stands before a predecessor; null if there is a cycle. */
    public List<Event> linearExtension(Random random) {
        Map<Event, List<Event>> preds = allPreds();
        Map<Event, Integer> open = new HashMap<>();
        Map<Event, List<Event>> next = new HashMap<>();
        List<Event> ready = new ArrayList<>();
        for (Event e : recorded) {
            open.put(e, preds.get(e).size());
            preds.get(e)
                    .forEach(
                            p -> next.computeIfAbsent(p, x -> new ArrayList<>()).add(e));
            if (preds.get(e).isEmpty()) {
                ready.add(e);
            }
        }
        List<Event> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int at = random == null ? 0 : random.nextInt(ready.size());
            Event e = ready.remove(at);
            order.add(e);
            for (Event n : next.getOrDefault(e, List.of())) {
                if (open.merge(n, -1, Integer::sum) == 0) {
                    ready.add(n);
                }
            }
        }
        return order.size() == recorded.size() ? order : null;
    }

    public boolean isAcyclic() {
        return linearExtension(null) != null;
    }

    /** The event and all that depend on it. */
    public Set<Event> cone(Event root) {
        Map<Event, List<Event>> next = new HashMap<>();
        allPreds()
                .forEach((e, preds) -> preds.forEach(
                        p -> next.computeIfAbsent(p, x -> new ArrayList<>()).add(e)));
        Set<Event> cone = new HashSet<>();
        ArrayDeque<Event> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Event e = open.pop();
            if (cone.add(e)) {
                open.addAll(next.getOrDefault(e, List.of()));
            }
        }
        return cone;
    }

    // ---- operations that keep the partial order --------------------------------------------------------------------

    /** Records the events in another order that respects all predecessors. */
    public TestTrace relinearise(Random random) {
        recorded = linearExtension(random);
        return this;
    }

    /** Records lane after lane, so that receives stand before their sends. */
    public TestTrace recordLaneByLane(Random random) {
        List<String> names = new ArrayList<>(lanes.keySet());
        java.util.Collections.shuffle(names, random);
        recorded = new ArrayList<>();
        names.forEach(n -> recorded.addAll(lanes.get(n)));
        return this;
    }

    /** Swaps two independent neighbours of the recorded order, if there are any behind {@code from}. */
    public boolean swapIndependent(int from) {
        for (int i = from; i + 1 < recorded.size(); i++) {
            if (!cone(recorded.get(i)).contains(recorded.get(i + 1))) {
                java.util.Collections.swap(recorded, i, i + 1);
                return true;
            }
        }
        return false;
    }

    // ---- operations that change it ---------------------------------------------------------------------------------

    /** Takes the event away; what came after it through it still comes after what was before it. */
    public void delete(Event e) {
        Event before = before(e);
        for (Event other : recorded) {
            if (other.preds.remove(e)) {
                for (Event p : e.preds) {
                    addPred(other, p);
                }
                if (before != null) {
                    addPred(other, before);
                }
            }
        }
        Event after = position(e) + 1 < lane(e.lane).size() ? lane(e.lane).get(position(e) + 1) : null;
        if (after != null) {
            e.preds.forEach(p -> addPred(after, p));
        }
        remove(e);
    }

    /** Takes the event away and with it every link from and to it: its receives now come from nowhere. */
    public void deleteWithLinks(Event e) {
        recorded.forEach(other -> other.preds.remove(e));
        remove(e);
    }

    private static void addPred(Event e, Event pred) {
        if (!pred.lane.equals(e.lane) && !e.preds.contains(pred)) {
            e.preds.add(pred);
        }
    }

    private void remove(Event e) {
        recorded.remove(e);
        lanes.get(e.lane).remove(e);
        if (lanes.get(e.lane).isEmpty()) {
            lanes.remove(e.lane);
        }
    }

    /** Puts a new event into the lane, right before {@code position}. */
    public Event insert(String lane, int position, String label, String kind) {
        Event e = new Event(nextId++, lane, label, kind);
        List<Event> events = lanes.computeIfAbsent(lane, l -> new ArrayList<>());
        int at = position < events.size() ? recorded.indexOf(events.get(position)) : recorded.size();
        events.add(position, e);
        recorded.add(at, e);
        return e;
    }

    /** Repeats the event right behind itself. */
    public Event duplicate(Event e) {
        return insert(e.lane, position(e) + 1, e.label, e.kind);
    }

    /** Exchanges the event with the next of its lane, with their links if that makes no cycle, else only their texts. */
    public void swapWithNext(Event e) {
        List<Event> events = lane(e.lane);
        int at = position(e);
        Event next = events.get(at + 1);
        java.util.Collections.swap(events, at, at + 1);
        if (isAcyclic()) {
            java.util.Collections.swap(recorded, recorded.indexOf(e), recorded.indexOf(next));
            return;
        }
        java.util.Collections.swap(events, at, at + 1);
        String label = e.label;
        String kind = e.kind;
        e.label = next.label;
        e.kind = next.kind;
        next.label = label;
        next.kind = kind;
    }

    /** Lets a receive come before its send, as if they had raced the other way; false if that makes a cycle. */
    public boolean invert(Event send, Event receive) {
        receive.preds.remove(send);
        send.preds.add(receive);
        if (isAcyclic()) {
            return true;
        }
        send.preds.remove(receive);
        receive.preds.add(send);
        return false;
    }

    /** Relabels a third of what depends on the event, but not the event and nothing in the spared lanes. */
    public void corruptCone(Event root, Random random, Set<String> spared) {
        List<Event> cone = new ArrayList<>(cone(root));
        cone.sort(java.util.Comparator.comparingInt(e -> e.id));
        for (Event e : cone) {
            if (e != root && !spared.contains(e.lane) && random.nextInt(3) == 0) {
                e.label = "corrupt " + random.nextInt(1_000_000) + " " + e.label;
            }
        }
    }

    /** Cuts every lane behind the events that {@code kept} says, which must be closed under predecessors. */
    public void keepOnly(Set<Event> kept) {
        List<Event> drop = new ArrayList<>(recorded);
        drop.removeAll(kept);
        drop.forEach(this::remove);
    }

    /** The first {@code n} events of the recorded order, which is down-closed in a linear extension. */
    public void cut(int n) {
        keepOnly(new HashSet<>(recorded.subList(0, n)));
    }

    /** Puts {@code n} new events before the first of each of these lanes. */
    public void prepend(int n, Collection<String> to) {
        for (String lane : to) {
            for (int i = n - 1; i >= 0; i--) {
                insert(lane, 0, "prefix " + i, null);
            }
        }
        recorded = linearExtension(null);
    }

    /** Positions with the same label as {@code position}, in a row with it. */
    public int[] equalRun(String lane, int position) {
        List<Event> events = lane(lane);
        int from = position;
        int to = position;
        while (from > 0 && events.get(from - 1).label.equals(events.get(position).label)) {
            from--;
        }
        while (to + 1 < events.size() && events.get(to + 1).label.equals(events.get(position).label)) {
            to++;
        }
        return new int[] {from, to};
    }

    /** A text that draws the lanes, for failures of small traces. */
    public String draw() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(lanes).forEach((name, events) -> {
            text.append(name).append(':');
            events.forEach(e -> text.append(' ').append(e.label).append(e.preds.isEmpty() ? "" : "<" + e.preds));
            text.append('\n');
        });
        return text.toString();
    }
}
