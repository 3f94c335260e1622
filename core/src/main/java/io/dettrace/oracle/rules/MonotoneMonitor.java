package io.dettrace.oracle.rules;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches a number that never goes back. */
final class MonotoneMonitor extends Monitor {
    private final Rule.Monotone rule;
    private final Map<String, Last> last = new HashMap<>();

    private record Last(BigDecimal value, Witness at) {}

    MonotoneMonitor(Rule.Entry entry, Rule.Monotone rule, Budget budget) {
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
        String text = event.field(rule.field());
        if (text == null) {
            return;
        }
        concerns();
        BigDecimal value = Decimals.parse(text);
        String key = rule.scope().keyOf(event);
        if (value == null || key == null) {
            lacksField();
            return;
        }
        Last before = last.get(key);
        if (before == null && !opens()) {
            return;
        }
        Last now = new Last(value, witness(event, number, rule.field() + " = " + Decimals.text(value)));
        if (before != null && !allowed(before.value, value)) {
            violated(
                    number,
                    now.at,
                    key,
                    rule.field() + " is " + Decimals.text(value) + " after " + Decimals.text(before.value),
                    expected(before.value),
                    List.of(before.at));
        }
        last.put(key, now);
    }

    private boolean allowed(BigDecimal before, BigDecimal now) {
        int up = rule.falling() ? before.compareTo(now) : now.compareTo(before);
        if (up < 0 || up == 0 && rule.strictly()) {
            return false;
        }
        return rule.step().isEmpty()
                || now.subtract(before).abs().compareTo(rule.step().get()) == 0;
    }

    private String expected(BigDecimal before) {
        if (rule.step().isPresent()) {
            BigDecimal step = rule.step().get();
            return Decimals.text(rule.falling() ? before.subtract(step) : before.add(step));
        }
        String way = rule.falling() ? "less than " : "more than ";
        return way + Decimals.text(before) + (rule.strictly() ? "" : ", or the same");
    }
}
