package io.dettrace.timing;

import io.dettrace.event.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A profile's rules for own delays. Of several that fit, one by hand wins over a learnt one, then the one that names what
 * enabled the event, the kind, and the longer name of a lane.
 */
public final class DelayRules implements DelayLimits {
    private static final Comparator<DelayRule> EXACT_FIRST = Comparator.comparing((DelayRule r) -> !r.byHand())
            .thenComparing(r -> r.after().equals(DelayRule.ANY))
            .thenComparing(r -> r.events().kind().equals(DelayRule.ANY))
            .thenComparing(r -> -r.events().lane().length());

    private final int runs;
    private final List<Compiled> rules = new ArrayList<>();
    private final Set<DelayRule> tested = new HashSet<>();

    private record Compiled(DelayRule rule, EventSelector events, EventSelector after) {}

    /**
     * The rules of a profile.
     *
     * @param name what people call it
     * @param runs passing runs that the learnt rules come from, 0 if that is not known
     * @param kindPaths the fields that tell the kind of an event
     * @throws InputException if rules name kinds and the runs have none
     */
    public DelayRules(String name, int runs, List<DelayRule> rules, List<String> kindPaths) throws InputException {
        this.runs = runs;
        for (DelayRule r : rules.stream().sorted(EXACT_FIRST).toList()) {
            this.rules.add(new Compiled(
                    r,
                    EventSelector.of(name, r.events(), kindPaths),
                    EventSelector.of(name, new Budget.Events(r.after(), DelayRule.ANY), kindPaths)));
        }
    }

    /** The rule that holds for events of a kind. */
    public Optional<DelayRule> rule(String lane, int kind, int after) {
        for (Compiled c : rules) {
            if (c.events.matches(kind, lane) && c.after.isKind(after)) {
                return Optional.of(c.rule);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<DelayRange> find(String lane, int kind, int after) {
        Optional<DelayRule> rule = rule(lane, kind, after);
        rule.filter(r -> !r.byHand() && r.range().isPresent()).ifPresent(tested::add);
        return rule.map(r -> r.range().orElse(DelayRange.ANY));
    }

    @Override
    public DelayRange withRoom(DelayRange found) {
        return found;
    }

    @Override
    public double chance(DelayRange found) {
        return 0;
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public int size() {
        return rules.size();
    }

    @Override
    public long events() {
        return 0;
    }

    /** How many learnt ranges events were held against. */
    public int tested() {
        return tested.size();
    }

    /**
     * Upper bound of the probability that a further passing run leaves one of the tested ranges as they were seen, which is
     * 2/(N + 1) for each where the N + 1 runs are exchangeable: of them one at most lies alone at each end. 1 if the number of
     * runs is not known.
     */
    public double falseAlarmBound() {
        return Math.min(1, 2.0 * tested.size() / (runs + 1));
    }
}
