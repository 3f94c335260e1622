package io.dettrace.oracle.rules;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches a balance. */
final class ConserveMonitor extends Monitor {
    private static final int HISTORY = 4;

    private final Rule.Conserve rule;
    private final Map<String, Balance> balances = new HashMap<>();

    private static final class Balance {
        private BigDecimal value = BigDecimal.ZERO;
        private final ArrayDeque<Witness> history = new ArrayDeque<>(2);
    }

    ConserveMonitor(Rule.Entry entry, Rule.Conserve rule, Budget budget) {
        super(entry, budget);
        this.rule = rule;
    }

    @Override
    Set<String> kinds() {
        return kinds(rule.terms().stream().map(Rule.Term::event).toArray(EventPattern[]::new));
    }

    @Override
    void take(Observation event, long number) {
        BigDecimal change = null;
        for (Rule.Term term : rule.terms()) {
            if (term.event().matches(event)) {
                BigDecimal by = BigDecimal.ONE;
                if (term.field().isPresent()) {
                    String text = event.field(term.field().get());
                    by = text == null ? null : Decimals.parse(text);
                }
                if (by == null) {
                    concerns();
                    lacksField();
                    return;
                }
                change = (change == null ? BigDecimal.ZERO : change).add(term.minus() ? by.negate() : by);
            }
        }
        if (change == null) {
            return;
        }
        concerns();
        String key = rule.scope().keyOf(event);
        if (key == null) {
            lacksField();
            return;
        }
        Balance balance = balances.get(key);
        if (balance == null) {
            if (!opens()) {
                return;
            }
            balance = new Balance();
            balances.put(key, balance);
        }
        balance.value = balance.value.add(change);
        Witness now = witness(event, number, event.kind() + " → " + Decimals.text(balance.value));
        if (!rule.atEnd() && !rule.comparison().holds(balance.value.compareTo(rule.bound()))) {
            violated(
                    number,
                    now,
                    key,
                    "the balance is " + Decimals.text(balance.value),
                    expected(),
                    List.copyOf(balance.history));
        }
        if (balance.history.size() == HISTORY) {
            balance.history.removeFirst();
        }
        balance.history.addLast(now);
    }

    private String expected() {
        return rule.comparison().sign() + " " + Decimals.text(rule.bound());
    }

    @Override
    void end(boolean cut, long number) {
        if (rule.atEnd() && !cut) {
            balances.forEach((key, balance) -> {
                if (!rule.comparison().holds(balance.value.compareTo(rule.bound()))) {
                    violated(
                            number,
                            null,
                            key,
                            "the balance is " + Decimals.text(balance.value) + " at the end",
                            expected() + " at the end",
                            List.copyOf(balance.history));
                }
            });
        }
    }
}
