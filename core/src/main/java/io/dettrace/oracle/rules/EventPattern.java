package io.dettrace.oracle.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which events a rule speaks of: those that one of its alternatives matches.
 *
 * @param alternatives at least one
 */
public record EventPattern(List<One> alternatives) {
    /** The kind that stands for every kind. */
    public static final String ANY = "*";

    /** Events of one kind whose fields fulfil conditions. */
    public record One(String kind, List<Condition> conditions) {
        public One {
            conditions = List.copyOf(conditions);
        }

        boolean matches(Observation event) {
            if (!kind.equals(ANY) && !kind.equals(event.kind())) {
                return false;
            }
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).holds(event)) {
                    return false;
                }
            }
            return true;
        }
    }

    public EventPattern {
        alternatives = List.copyOf(alternatives);
    }

    /** All events of a kind. */
    public static EventPattern of(String kind) {
        return new EventPattern(List.of(new One(kind, List.of())));
    }

    /** Every event. */
    public static EventPattern any() {
        return of(ANY);
    }

    /** True if the event is meant. */
    public boolean matches(Observation event) {
        for (int i = 0; i < alternatives.size(); i++) {
            if (alternatives.get(i).matches(event)) {
                return true;
            }
        }
        return false;
    }

    /** The kinds that it speaks of; empty if that may be any. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        for (One one : alternatives) {
            if (one.kind.equals(ANY)) {
                return Set.of();
            }
            kinds.add(one.kind);
        }
        return kinds;
    }

    /** As in a rule file. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        for (One one : alternatives) {
            String conditions = String.join(
                    ", ",
                    one.conditions.stream()
                            .map(c -> RuleWords.quoted(c.path()) + " "
                                    + c.comparison().sign() + " " + RuleWords.quoted(c.value()))
                            .toList());
            String kind = one.kind.equals(ANY) ? ANY : RuleWords.quoted(one.kind);
            texts.add(conditions.isEmpty() ? kind : kind + " (" + conditions + ")");
        }
        return String.join(" | ", texts);
    }
}
