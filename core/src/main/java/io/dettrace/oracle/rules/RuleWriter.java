package io.dettrace.oracle.rules;

import io.dettrace.oracle.rules.Rule.Machine.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** Parts of rules as text. */
final class RuleWriter {
    private RuleWriter() {}

    static String machine(Rule.Machine m) {
        List<String> parts = new ArrayList<>();
        Move last = null;
        for (Move move : m.moves()) {
            String to = " -> " + RuleWords.quoted(move.to());
            if (last != null && last.to().equals(move.from()) && Objects.equals(last.event(), move.event())) {
                parts.set(parts.size() - 1, parts.get(parts.size() - 1) + to);
            } else {
                String event = move.event() == null ? "" : RuleWords.quoted(move.event()) + ": ";
                parts.add(event + RuleWords.quoted(move.from()) + to);
            }
            last = move;
        }
        parts.add("start " + names(m.starts()));
        if (!m.finals().isEmpty()) {
            parts.add("final " + names(m.finals()));
        }
        if (m.closed()) {
            parts.add("no others");
        }
        return "machine " + RuleWords.quoted(m.name()) + m.scope().suffix(Scope.EACH_LANE)
                + m.field().map(f -> " on " + RuleWords.quoted(f)).orElse("") + ": " + String.join("; ", parts);
    }

    private static String names(Set<String> names) {
        return String.join(", ", names.stream().map(RuleWords::quoted).toList());
    }

    static String within(OptionalLong nanos) {
        return nanos.isEmpty() ? "" : " within " + duration(nanos.getAsLong());
    }

    /** A time limit in the largest unit that makes it whole. */
    static String duration(long nanos) {
        String text = nanos + " ns";
        for (Map.Entry<String, Long> unit : Rule.UNITS.entrySet()) {
            if (nanos % unit.getValue() == 0 && nanos != 0) {
                text = nanos / unit.getValue() + " " + unit.getKey();
            }
        }
        return text;
    }

    static String on(EventPattern event) {
        return event.equals(EventPattern.any()) ? "" : " on " + event;
    }
}
