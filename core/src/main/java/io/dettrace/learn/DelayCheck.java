package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.event.Run;
import io.dettrace.profile.Profile;
import io.dettrace.report.Durations;
import io.dettrace.timing.DelayLearner;
import io.dettrace.timing.DelayRule;
import io.dettrace.timing.DelayRules;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the own delays of passing runs against a profile's rules. */
final class DelayCheck {
    private final Optional<DelayRules> rules;
    private final Map<DelayRule, Use> uses = new LinkedHashMap<>();

    private static final class Use {
        private long applied;
        private long violated;
        private String first = "";
    }

    DelayCheck(Profile profile) throws IOException {
        rules = profile.delayRules("profile", profile.mapping());
        profile.delayRules().forEach(r -> uses.put(r, new Use()));
    }

    /**
     * Looks at the delays of a run's events that correspond to the first run's.
     *
     * @param table the same run, for the places of its events
     */
    void look(Run first, Run run, RunTable table) throws IOException {
        if (rules.isEmpty()) {
            return;
        }
        DelayLearner.observe(first, run, CompareOptions.DEFAULT, (pair, side, after, delay) -> {
            Optional<DelayRule> rule =
                    side == 0 ? Optional.empty() : rules.get().rule(pair.laneName(), pair.kind(), after);
            if (rule.isPresent()) {
                Use use = uses.get(rule.get());
                use.applied++;
                if (rule.get().range().filter(r -> !r.holds(delay)).isPresent()) {
                    int event = (int) pair.point(1).source().line() - 1;
                    use.first = use.violated++ > 0 ? use.first : table.place(event) + ": " + Durations.text(delay);
                }
            }
        });
    }

    /** What each rule was applied to, in the order of the profile. */
    List<ProfileCheck.DelayUse> uses() {
        return uses.entrySet().stream()
                .map(e -> new ProfileCheck.DelayUse(
                        e.getKey(), e.getValue().applied, e.getValue().violated, e.getValue().first))
                .toList();
    }
}
