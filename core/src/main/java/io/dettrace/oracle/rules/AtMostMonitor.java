package io.dettrace.oracle.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches how often something happens. */
final class AtMostMonitor extends Monitor {
    private final Rule.AtMost rule;
    private final Map<String, Count> counts = new HashMap<>();

    private static final class Count {
        private long n;
        private Witness first;
        private Witness last;
    }

    AtMostMonitor(Rule.Entry entry, Rule.AtMost rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return rule.event().kinds();
    }

    @Override
    void take(Observation event, long number) {
        if (!rule.event().matches(event)) {
            return;
        }
        concerns();
        String key = rule.scope().keyOf(event);
        if (key == null) {
            lacksField();
            return;
        }
        Witness now = witness(event, number);
        if (rule.most() == 0) {
            violated(number, now, key, event.kind() + " happened", "no " + rule.event(), List.of());
            return;
        }
        Count count = counts.get(key);
        if (count == null) {
            if (!opens()) {
                return;
            }
            count = new Count();
            counts.put(key, count);
        }
        if (++count.n > rule.most()) {
            violated(
                    number,
                    now,
                    key,
                    event.kind() + " for the " + nth(count.n) + " time",
                    "at most " + (rule.most() == 1 ? "once" : rule.most() + " times"),
                    count.first == count.last ? List.of(count.first) : List.of(count.first, count.last));
        }
        count.first = count.first == null ? now : count.first;
        count.last = now;
    }

    private static String nth(long n) {
        boolean teens = n % 100 / 10 == 1;
        return n + (teens ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th");
    }
}
