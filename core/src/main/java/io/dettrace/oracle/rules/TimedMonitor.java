package io.dettrace.oracle.rules;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches that something follows in time. That it did not is known from the first event on whose time is past the limit, and
 * that is where the violation is; but it is judged by the answer's own time, or at the end of the run, so that an answer which
 * is recorded late does not count as late.
 */
final class TimedMonitor extends Monitor {
    private final EventPattern first;
    private final EventPattern then;
    private final Scope scope;
    private final long within;
    private final boolean oneForAll;
    private final boolean dueAtEnd;
    private final Map<String, ArrayDeque<Open>> open = new HashMap<>();
    private final TreeSet<Open> due =
            new TreeSet<>(Comparator.<Open>comparingLong(o -> o.until).thenComparingLong(o -> o.opener.number()));

    private static final class Open {
        private final Witness opener;
        private final long until;
        private Witness past;

        Open(Witness opener, long until) {
            this.opener = opener;
            this.until = until;
        }
    }

    TimedMonitor(Rule.Entry entry, Rule.Follows rule, Budget budget) {
        super(entry, budget);
        first = rule.first();
        then = rule.then();
        scope = rule.scope();
        within = rule.within().orElseThrow();
        oneForAll = true;
        dueAtEnd = true;
    }

    TimedMonitor(Rule.Entry entry, Rule.Deadline rule, Budget budget) {
        super(entry, budget);
        first = rule.first();
        then = rule.then();
        scope = rule.scope();
        within = rule.within();
        oneForAll = false;
        dueAtEnd = false;
    }

    @Override
    Set<String> kinds() {
        return kinds(first, then);
    }

    @Override
    boolean isTimed() {
        return true;
    }

    @Override
    void tick(Observation event, long number) {
        long now = event.time();
        if (due.isEmpty() || now == Observation.NO_TIME || due.first().until >= now) {
            return;
        }
        Witness past = witness(event, number);
        while (!due.isEmpty() && due.first().until < now) {
            due.pollFirst().past = past;
        }
    }

    @Override
    void take(Observation event, long number) {
        boolean answers = then.matches(event);
        boolean asks = first.matches(event);
        if (!answers && !asks) {
            return;
        }
        concerns();
        String key = scope.keyOf(event);
        if (key == null || event.time() == Observation.NO_TIME) {
            lacksField();
        }
        if (key == null) {
            return;
        }
        if (answers) {
            answer(key, event, number);
        }
        if (asks && event.time() != Observation.NO_TIME && opens()) {
            long until = event.time() > Long.MAX_VALUE - within ? Long.MAX_VALUE : event.time() + within;
            Open it = new Open(witness(event, number), until);
            open.computeIfAbsent(key, k -> new ArrayDeque<>(2)).add(it);
            due.add(it);
        }
    }

    private void answer(String key, Observation event, long number) {
        ArrayDeque<Open> waiting = open.get(key);
        while (waiting != null && !waiting.isEmpty()) {
            Open it = waiting.remove();
            closes(1);
            if (it.past == null) {
                due.remove(it);
            } else if (event.time() != Observation.NO_TIME && event.time() > it.until) {
                late(
                        key,
                        it,
                        event.kind() + " came " + RuleWriter.duration(event.time() - it.opener.time()) + " after "
                                + it.opener.what() + ", at " + event.place());
            }
            if (!oneForAll) {
                break;
            }
        }
        if (waiting != null && waiting.isEmpty()) {
            open.remove(key);
        }
    }

    private void late(String key, Open it, String found) {
        violated(it.past.number(), it.past, key, found, expected(it), List.of(it.opener));
    }

    private String expected(Open it) {
        return then + " within " + RuleWriter.duration(within) + " of " + it.opener.what();
    }

    @Override
    void end(boolean cut, long number) {
        open.forEach((key, waiting) -> {
            for (Open it : waiting) {
                if (it.past != null) {
                    late(key, it, "no " + then + " came in time after " + it.opener.what());
                } else if (dueAtEnd && !cut) {
                    violated(
                            number,
                            null,
                            key,
                            "no " + then + " follows " + it.opener.what(),
                            expected(it),
                            List.of(it.opener));
                }
            }
        });
    }
}
