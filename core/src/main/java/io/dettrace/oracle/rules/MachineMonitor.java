package io.dettrace.oracle.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Watches a state machine: what state each key is in, and how it came there. */
final class MachineMonitor extends Monitor {
    /** Transitions of a key that are remembered for the witness. */
    static final int HISTORY = 6;

    private final Rule.Machine rule;
    private final Map<String, Map<String, Set<String>>> moves = new LinkedHashMap<>();
    private final Set<String> states = new LinkedHashSet<>();
    private final Map<String, Key> keys = new HashMap<>();

    private static final class Key {
        private String state;
        private final ArrayDeque<Witness> history = new ArrayDeque<>(2);
    }

    MachineMonitor(Rule.Entry entry, Rule.Machine rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
        for (Rule.Machine.Move m : rule.moves()) {
            String event = m.event() == null ? m.to() : m.event();
            moves.computeIfAbsent(event, e -> new LinkedHashMap<>())
                    .computeIfAbsent(m.from(), f -> new LinkedHashSet<>())
                    .add(m.to());
            states.add(m.from());
            states.add(m.to());
        }
    }

    @Override
    Set<String> kinds() {
        if (rule.closed() || rule.field().isPresent()) {
            return Set.of();
        }
        Set<String> kinds = new TreeSet<>(moves.keySet());
        if (!rule.byEvents()) {
            kinds.addAll(states);
        }
        return kinds;
    }

    @Override
    void take(Observation event, long number) {
        String name = rule.field().isPresent() ? event.field(rule.field().get()) : event.kind();
        boolean known = name != null && (moves.containsKey(name) || !rule.byEvents() && states.contains(name));
        if (name == null || !known && !rule.closed()) {
            return;
        }
        concerns();
        String id = rule.scope().keyOf(event);
        if (id == null) {
            lacksField();
            return;
        }
        Key key = keys.get(id);
        boolean begins = key == null;
        if (begins) {
            if (!opens()) {
                return;
            }
            key = new Key();
            keys.put(id, key);
        }
        if (!known) {
            violated(
                    number,
                    witness(event, number),
                    id,
                    name + " is no " + (rule.byEvents() ? "event" : "state") + " of " + rule.name(),
                    "one of " + String.join(", ", rule.byEvents() ? moves.keySet() : states),
                    List.copyOf(key.history));
            return;
        }
        if (rule.byEvents()) {
            byEvent(key, id, name, event, number);
        } else {
            byState(key, id, name, begins || key.state == null, event, number);
        }
    }

    private void byState(Key key, String id, String to, boolean begins, Observation event, long number) {
        boolean allowed = begins
                ? rule.starts().contains(to)
                : moves.getOrDefault(to, Map.of()).containsKey(key.state);
        if (!allowed) {
            Set<String> next = begins ? rule.starts() : next(key.state);
            violated(
                    number,
                    witness(event, number, to),
                    id,
                    begins ? rule.name() + " begins with " + to : to + " follows " + key.state,
                    expected(next, begins ? "it begins with " : "after " + key.state + " comes ", key.state),
                    List.copyOf(key.history));
        }
        moveTo(key, to, event, number, to);
    }

    private void byEvent(Key key, String id, String name, Observation event, long number) {
        Set<String> from = key.state == null ? rule.starts() : Set.of(key.state);
        Map<String, Set<String>> by = moves.get(name);
        String to = null;
        for (String f : from) {
            to = to == null && by.containsKey(f) ? by.get(f).iterator().next() : to;
        }
        if (to == null) {
            String state = String.join(" or ", from);
            Set<String> next = new LinkedHashSet<>();
            moves.forEach((e, ways) -> from.forEach(f -> {
                if (ways.containsKey(f)) {
                    next.add(e);
                }
            }));
            violated(
                    number,
                    witness(event, number),
                    id,
                    name + " in state " + state,
                    expected(next, "in state " + state + " comes ", state),
                    List.copyOf(key.history));
            to = by.values().iterator().next().iterator().next();
        }
        moveTo(key, to, event, number, name + " → " + to);
    }

    private static String expected(Set<String> next, String words, String state) {
        return next.isEmpty() ? "nothing comes after " + state : words + String.join(" or ", next);
    }

    private void moveTo(Key key, String to, Observation event, long number, String what) {
        key.state = to;
        if (key.history.size() == HISTORY) {
            key.history.removeFirst();
        }
        key.history.addLast(witness(event, number, what));
    }

    /** The states that may follow a state. */
    private Set<String> next(String state) {
        Set<String> next = new LinkedHashSet<>();
        for (Rule.Machine.Move m : rule.moves()) {
            if (m.from().equals(state)) {
                next.add(m.to());
            }
        }
        return next;
    }

    @Override
    void end(boolean cut, long number) {
        if (cut || rule.finals().isEmpty()) {
            return;
        }
        List<String> finals = new ArrayList<>(rule.finals());
        keys.forEach((id, key) -> {
            if (key.state != null && !rule.finals().contains(key.state)) {
                violated(
                        number,
                        null,
                        id,
                        rule.name() + " is left in " + key.state,
                        "it ends in " + String.join(" or ", finals),
                        List.copyOf(key.history));
            }
        });
    }
}
