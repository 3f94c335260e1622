package io.dettrace.oracle.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches that something came before. */
final class PrecededMonitor extends Monitor {
    private final Rule.Preceded rule;
    private final Map<String, Witness> last = new HashMap<>();

    PrecededMonitor(Rule.Entry entry, Rule.Preceded rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return kinds(rule.first(), rule.then());
    }

    @Override
    void take(Observation event, long number) {
        boolean needs = rule.then().matches(event);
        boolean allows = rule.first().matches(event);
        if (!needs && !allows) {
            return;
        }
        concerns();
        String key = rule.scope().keyOf(event);
        if (key == null) {
            lacksField();
            return;
        }
        Witness before = last.get(key);
        if (needs) {
            judge(event, number, key, before);
        }
        if (allows && (before != null ? rule.within().isPresent() : opens())) {
            last.put(key, witness(event, number));
        }
    }

    private void judge(Observation event, long number, String key, Witness before) {
        if (before == null) {
            if (!isUndecided()) {
                violated(
                        number,
                        witness(event, number),
                        key,
                        event.kind() + " without " + rule.first() + " before it",
                        rule.first() + " before " + event.kind(),
                        List.of());
            }
        } else if (rule.within().isPresent()) {
            long limit = rule.within().getAsLong();
            if (event.time() == Observation.NO_TIME || before.time() == Observation.NO_TIME) {
                lacksField();
            } else if (event.time() - before.time() > limit) {
                violated(
                        number,
                        witness(event, number),
                        key,
                        event.kind() + " came " + RuleWriter.duration(event.time() - before.time()) + " after "
                                + before.what(),
                        rule.first() + " at most " + RuleWriter.duration(limit) + " before " + event.kind(),
                        List.of(before));
            }
        }
    }
}
