package io.dettrace.oracle.rules;

import java.util.List;
import java.util.Optional;

/**
 * A rule that does not hold: the shortest beginning of the run which no continuation can mend ends with {@code event}.
 *
 * @param rule the rule
 * @param number the event's number in the order in which events were checked, from 1; one more than all at the end of the run
 * @param event the event; empty if it is the end of the run
 * @param key what the rule takes events together by, for people; may be empty
 * @param found what happened, a sentence without a full stop
 * @param expected what the rule expects, likewise
 * @param witness earlier events that matter, oldest first
 */
public record Violation(
        Rule.Entry rule,
        long number,
        Optional<Witness> event,
        String key,
        String found,
        String expected,
        List<Witness> witness) {
    public Violation {
        witness = List.copyOf(witness);
    }
}
