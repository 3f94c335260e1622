package io.dettrace.oracle.rules;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches that intervals of different holders do not overlap. A holder may enter what it is in already. */
final class TogetherMonitor extends Monitor {
    private final Rule.Together rule;
    private final Rule.Interval[] sorts;
    private final List<Map<String, Map<String, Stay>>> inside = List.of(new HashMap<>(), new HashMap<>());

    private static final class Stay {
        private final Witness since;
        private int depth = 1;

        Stay(Witness since) {
            this.since = since;
        }
    }

    TogetherMonitor(Rule.Entry entry, Rule.Together rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
        sorts = rule.other().isPresent()
                ? new Rule.Interval[] {rule.one(), rule.other().get()}
                : new Rule.Interval[] {rule.one()};
    }

    @Override
    Set<String> kinds() {
        Rule.Interval other = sorts[sorts.length - 1];
        return kinds(rule.one().enter(), rule.one().exit(), other.enter(), other.exit());
    }

    @Override
    void take(Observation event, long number) {
        for (int sort = 0; sort < sorts.length; sort++) {
            boolean exits = sorts[sort].exit().matches(event);
            boolean enters = sorts[sort].enter().matches(event);
            if (!exits && !enters) {
                continue;
            }
            concerns();
            String key = rule.scope().keyOf(event);
            String holder = rule.holder().keyOf(event);
            if (key == null || holder == null) {
                lacksField();
                continue;
            }
            if (exits) {
                exit(sort, key, holder);
            }
            if (enters) {
                enter(sort, key, holder, event, number);
            }
        }
    }

    private void exit(int sort, String key, String holder) {
        Map<String, Stay> holders = inside.get(sort).get(key);
        Stay stay = holders == null ? null : holders.get(holder);
        if (stay != null && --stay.depth == 0) {
            holders.remove(holder);
            closes(1);
            if (holders.isEmpty()) {
                inside.get(sort).remove(key);
            }
        }
    }

    private void enter(int sort, String key, String holder, Observation event, long number) {
        Map<String, Stay> against = inside.get(sorts.length - 1 - sort).getOrDefault(key, Map.of());
        Witness now = witness(event, number);
        for (Map.Entry<String, Stay> other : against.entrySet()) {
            if (!other.getKey().equals(holder)) {
                Witness since = other.getValue().since;
                violated(
                        number,
                        now,
                        key,
                        event.kind() + " by " + holder(holder) + " while " + holder(other.getKey())
                                + " is inside since " + since.at(),
                        "one at a time: " + sorts[sorts.length - 1 - sort].exit() + " by " + holder(other.getKey())
                                + " before " + event.kind() + " by " + holder(holder),
                        List.of(since));
                break;
            }
        }
        Map<String, Stay> holders = inside.get(sort).computeIfAbsent(key, k -> new LinkedHashMap<>(2));
        Stay stay = holders.get(holder);
        if (stay != null) {
            stay.depth++;
        } else if (opens()) {
            holders.put(holder, new Stay(now));
        }
    }

    private String holder(String holder) {
        String text = rule.holder().describe(holder);
        return text.isEmpty() ? "the lane" : text;
    }
}
