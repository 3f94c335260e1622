package io.dettrace.oracle.rules;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches that what came in first goes out first. What went out of turn is taken out of the queue when its turn comes. */
final class FifoMonitor extends Monitor {
    private final Rule.Fifo rule;
    private final Map<String, Queue> queues = new HashMap<>();

    private record Item(String value, Witness in) {}

    private static final class Queue {
        private final ArrayDeque<Item> items = new ArrayDeque<>(2);
        private final Map<String, Integer> inside = new HashMap<>();
        private final Map<String, Integer> outOfTurn = new HashMap<>();
    }

    FifoMonitor(Rule.Entry entry, Rule.Fifo rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return kinds(rule.in(), rule.out());
    }

    @Override
    void take(Observation event, long number) {
        boolean in = rule.in().matches(event);
        boolean out = rule.out().matches(event);
        if (!in && !out) {
            return;
        }
        concerns();
        String key = rule.scope().keyOf(event);
        String value = event.field(rule.field());
        if (key == null || value == null) {
            lacksField();
            return;
        }
        Queue queue = queues.computeIfAbsent(key, k -> new Queue());
        if (out) {
            out(queue, key, value, event, number);
        }
        if (in && opens()) {
            queue.items.add(new Item(value, witness(event, number, said(event, value))));
            queue.inside.merge(value, 1, Integer::sum);
        }
    }

    private String said(Observation event, String value) {
        return event.kind() + ", " + rule.field() + " " + value;
    }

    private void out(Queue queue, String key, String value, Observation event, long number) {
        Item due = queue.items.peek();
        Witness now = witness(event, number, said(event, value));
        if (due != null && due.value.equals(value)) {
            leave(queue);
        } else if (queue.inside.getOrDefault(value, 0) > 0) {
            violated(
                    number,
                    now,
                    key,
                    rule.field() + " " + value + " goes out before " + due.value,
                    rule.field() + " " + due.value + ", which came in first",
                    List.of(due.in));
            queue.outOfTurn.merge(value, 1, Integer::sum);
            less(queue.inside, value);
        } else if (!isUndecided()) {
            violated(
                    number,
                    now,
                    key,
                    rule.field() + " " + value + " goes out and is not in",
                    due == null ? "nothing, for nothing is in" : rule.field() + " " + due.value,
                    due == null ? List.of() : List.of(due.in));
        }
    }

    private void leave(Queue queue) {
        less(queue.inside, queue.items.remove().value);
        closes(1);
        while (!queue.items.isEmpty() && queue.outOfTurn.containsKey(queue.items.peek().value)) {
            less(queue.outOfTurn, queue.items.remove().value);
            closes(1);
        }
    }

    private static void less(Map<String, Integer> counts, String value) {
        counts.computeIfPresent(value, (v, n) -> n == 1 ? null : n - 1);
    }
}
