package io.dettrace.oracle.rules;

import java.util.List;
import java.util.Optional;

/**
 * What became of all rules.
 *
 * @param events events that were checked
 * @param cut true if what is open at the end was not held against the run
 * @param backwards events whose time is before that of an earlier event
 * @param rules one for each rule, in the file's order
 */
public record RuleResult(long events, boolean cut, long backwards, List<RuleOutcome> rules) {
    /** The answer about a run. */
    public enum Verdict {
        KEPT,
        VIOLATED,
        UNDECIDED
    }

    public RuleResult {
        rules = List.copyOf(rules);
    }

    /** The answer: a violation is one even if other rules are undecided. */
    public Verdict verdict() {
        if (first().isPresent()) {
            return Verdict.VIOLATED;
        }
        return rules.stream().anyMatch(RuleOutcome::undecided) ? Verdict.UNDECIDED : Verdict.KEPT;
    }

    /** The first violation: that of the least event, of the rule that stands first. */
    public Optional<Violation> first() {
        Violation least = null;
        for (RuleOutcome o : rules) {
            Violation v = o.first().orElse(null);
            least = v != null && (least == null || v.number() < least.number()) ? v : least;
        }
        return Optional.ofNullable(least);
    }

    /** True if no rule that was given up could have been violated before. */
    public boolean exact() {
        return rules.stream().noneMatch(RuleOutcome::undecided);
    }
}
