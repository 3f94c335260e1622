package io.dettrace.oracle.rules;

import java.util.List;
import java.util.Optional;

/**
 * What became of a rule.
 *
 * @param events events that it spoke of
 * @param keys keys that it had open at most at a time
 * @param violations how often it did not hold
 * @param first the first time
 * @param undecided true if it had to let keys go by because too many were open
 * @param incomplete events that it spoke of but that lack a field of its own: a key, a number, a time
 * @param absent kinds that it names and no event has, in order: a rule about a mistyped kind holds of nothing
 */
public record RuleOutcome(
        Rule.Entry rule,
        long events,
        int keys,
        long violations,
        Optional<Violation> first,
        boolean undecided,
        long incomplete,
        List<String> absent) {}
