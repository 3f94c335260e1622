package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.normalize.KindDigest;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.report.Durations;
import io.dettrace.timing.Budget;
import io.dettrace.timing.DelayLearner;
import io.dettrace.timing.DelayRange;
import io.dettrace.timing.DelayRanges;
import io.dettrace.timing.DelayRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns how long events may take on their own, from passing runs that are aligned under the profile's other rules. A range
 * is learnt for each kind of event and role of its lane that all runs show, and for each kind of what enabled it where there
 * are several and all runs show that too.
 *
 * <p>A range of the file is wider than what was seen by its own width on either side, or as many times that as make each run
 * keep to what the others give; where {@value #MOST_ROOM} times are not enough, no range is promised.
 */
final class DelayRulesLearner {
    private static final int MOST_ROOM = 8;

    private final List<Map<DelayRanges.Key, DelayRange>> runs;
    private final Map<Integer, String> kinds = new HashMap<>();

    /** For each run whether its delays keep to the ranges that the others give, each widened once. */
    private final List<Boolean> atFirst = new ArrayList<>();

    private DelayRulesLearner(PassingRuns passing, List<Map<DelayRanges.Key, DelayRange>> seen) {
        runs = seen;
        List<String> paths = passing.mapping.fields(Role.KIND);
        for (int i = 0; i < passing.tables.size(); i++) {
            for (String kind : passing.facts(i).events.keySet()) {
                for (int digest : KindDigest.of(paths, kind)) {
                    kinds.put(digest, kind);
                }
            }
        }
        seen.forEach(run -> atFirst.add(true));
    }

    /**
     * Learns.
     *
     * @param ruled the mapping with the rules that were learnt
     */
    static LearntDelays learn(PassingRuns passing, Mapping ruled) throws IOException {
        DelayLearner learner = new DelayLearner();
        boolean first = true;
        for (int i = 0; i < passing.tables.size(); i++) {
            if (i != passing.reference) {
                learner.learn(
                        passing.tables.get(passing.reference).run(ruled, Map.of()),
                        passing.tables.get(i).run(ruled, passing.aliases(i)),
                        first,
                        CompareOptions.DEFAULT);
                first = false;
            }
        }
        DelayRulesLearner delays = new DelayRulesLearner(passing, learner.runs());
        List<DelayRule> rules = delays.rules();
        return new LearntDelays(rules, rules.isEmpty() ? List.of() : List.copyOf(delays.atFirst));
    }

    private List<DelayRule> rules() {
        Map<DelayRanges.Key, DelayRange> all = new HashMap<>();
        runs.forEach(run -> run.forEach((key, range) -> all.merge(key, range, DelayRange::with)));
        List<DelayRule> rules = new ArrayList<>();
        all.forEach((key, range) -> {
            DelayRange general = all.get(key.general());
            boolean says = key.after() == DelayRanges.Key.ANY || range.events() < general.events();
            if (says && range.runs() == runs.size()) {
                rules.add(rule(key, range));
            }
        });
        rules.sort(Comparator.comparing((DelayRule r) -> r.events().kind())
                .thenComparing(r -> r.events().lane())
                .thenComparing(DelayRule::after));
        return rules;
    }

    private DelayRule rule(DelayRanges.Key key, DelayRange seen) {
        String lane = key.role().replace('#', '*');
        Budget.Events events = new Budget.Events(name(key.kind()), lane.isEmpty() ? DelayRule.ANY : lane);
        String after = key.after() == DelayRanges.Key.ANY ? DelayRule.ANY : name((int) key.after());
        int room = 1;
        while (room <= MOST_ROOM && !isKept(key, room)) {
            room *= 2;
        }
        String why = seen.events() + " delays in " + runs.size() + " runs, " + Durations.text(seen.low()) + " to "
                + Durations.text(seen.high());
        if (room > MOST_ROOM) {
            String far = why + "; one run alone is far from the others";
            return new DelayRule(events, after, Optional.empty(), false, far);
        }
        DelayRange wide = seen.widened(room);
        return new DelayRule(events, after, Optional.of(new DelayRange(wide.low(), wide.high(), 0, 0)), false, why);
    }

    private String name(int kind) {
        return kinds.getOrDefault(kind, DelayRule.ANY);
    }

    /** True if each run keeps to the range that the others give. */
    private boolean isKept(DelayRanges.Key key, int room) {
        boolean kept = true;
        for (int i = 0; i < runs.size() && runs.size() > 2; i++) {
            DelayRange others = null;
            for (int k = 0; k < runs.size(); k++) {
                DelayRange range = runs.get(k).get(key);
                if (k != i) {
                    others = others == null ? range : others.with(range);
                }
            }
            if (!others.widened(room).holds(runs.get(i).get(key))) {
                kept = false;
                if (room == 1) {
                    atFirst.set(i, false);
                }
            }
        }
        return kept;
    }
}
