package io.dettrace.oracle.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Watches the bounds of a number. */
final class BoundMonitor extends Monitor {
    private final Rule.Bound rule;

    BoundMonitor(Rule.Entry entry, Rule.Bound rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return rule.event().kinds();
    }

    @Override
    void take(Observation event, long number) {
        String text = rule.event().matches(event) ? event.field(rule.field()) : null;
        if (text == null) {
            return;
        }
        concerns();
        BigDecimal value = Decimals.parse(text);
        if (value == null) {
            lacksField();
            return;
        }
        boolean low = rule.low().isPresent() && value.compareTo(rule.low().get()) < 0;
        boolean high = rule.high().isPresent() && value.compareTo(rule.high().get()) > 0;
        if (low || high) {
            violated(
                    number,
                    witness(event, number),
                    "",
                    rule.field() + " is " + Decimals.text(value),
                    (low ? "at least " : "at most ") + Decimals.text((low ? rule.low() : rule.high()).get()),
                    List.of());
        }
    }
}
