package io.dettrace.oracle.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches that something follows, without a limit of time: what is open at the end never came. */
final class FollowsMonitor extends Monitor {
    private final Rule.Follows rule;
    private final Map<String, Open> open = new HashMap<>();

    private static final class Open {
        private final Witness first;
        private long count = 1;

        Open(Witness first) {
            this.first = first;
        }
    }

    FollowsMonitor(Rule.Entry entry, Rule.Follows rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return kinds(rule.first(), rule.then());
    }

    @Override
    void take(Observation event, long number) {
        boolean answers = rule.then().matches(event);
        boolean asks = rule.first().matches(event);
        if (!answers && !asks) {
            return;
        }
        concerns();
        String key = rule.scope().keyOf(event);
        if (key == null) {
            lacksField();
            return;
        }
        if (answers && open.remove(key) != null) {
            closes(1);
        }
        if (asks) {
            Open known = open.get(key);
            if (known != null) {
                known.count++;
            } else if (opens()) {
                open.put(key, new Open(witness(event, number)));
            }
        }
    }

    @Override
    void end(boolean cut, long number) {
        if (!cut) {
            open.forEach((key, it) -> {
                violated(
                        number,
                        null,
                        key,
                        "no " + rule.then() + " follows " + it.first.what(),
                        rule.then() + " after " + it.first.what() + ", before the run ends",
                        List.of(it.first));
                addViolations(it.count - 1);
            });
        }
    }
}
