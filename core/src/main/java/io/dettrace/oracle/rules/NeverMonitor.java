package io.dettrace.oracle.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches that something does not come any more. */
final class NeverMonitor extends Monitor {
    private final Rule.Never rule;
    private final Map<String, Witness> since = new HashMap<>();

    NeverMonitor(Rule.Entry entry, Rule.Never rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return rule.until().isPresent()
                ? kinds(rule.first(), rule.then(), rule.until().get())
                : kinds(rule.first(), rule.then());
    }

    @Override
    void take(Observation event, long number) {
        boolean bad = rule.then().matches(event);
        boolean begins = rule.first().matches(event);
        boolean ends = rule.until().isPresent() && rule.until().get().matches(event);
        if (!bad && !begins && !ends) {
            return;
        }
        concerns();
        String key = rule.scope().keyOf(event);
        if (key == null) {
            lacksField();
            return;
        }
        Witness before = since.get(key);
        if (bad && before != null && !ends) {
            violated(
                    number,
                    witness(event, number),
                    key,
                    event.kind() + " after " + before.what(),
                    "no " + rule.then() + " after " + rule.first()
                            + rule.until().map(u -> " until " + u).orElse(""),
                    List.of(before));
        }
        if (ends && before != null) {
            since.remove(key);
            closes(1);
            before = null;
        }
        if (begins && before == null && opens()) {
            since.put(key, witness(event, number));
        }
    }
}
