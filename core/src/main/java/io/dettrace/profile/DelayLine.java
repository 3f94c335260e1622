package io.dettrace.profile;

import io.dettrace.event.InputException;
import io.dettrace.report.Durations;
import io.dettrace.timing.Budget;
import io.dettrace.timing.Budgets;
import io.dettrace.timing.DelayRange;
import io.dettrace.timing.DelayRule;
import java.util.Optional;

/**
 * The text form of a {@link DelayRule}: {@code delay "KIND" in "LANE" after "KIND": 0 ns to 1.5 ms}, or {@code any} in place
 * of the range. {@code *} without quotes stands for every kind, in a lane's name for any characters; {@code in} and {@code
 * after} may be left out.
 */
final class DelayLine {
    private DelayLine() {}

    static DelayRule parse(ProfileFile.Line line, boolean byHand) throws InputException {
        line.expect("delay");
        String kind = line.kind();
        String lane = line.takes("in") ? line.quoted() : DelayRule.ANY;
        String after = line.takes("after") ? line.kind() : DelayRule.ANY;
        line.expect(":");
        Optional<DelayRange> range = Optional.empty();
        if (!line.takes("any")) {
            long low = duration(line, 0);
            line.expect("to");
            range = Optional.of(new DelayRange(low, duration(line, low), 0, 0));
        }
        line.end();
        return new DelayRule(new Budget.Events(kind, lane), after, range, byHand, line.comment());
    }

    private static long duration(ProfileFile.Line line, long least) throws InputException {
        String expected = least == 0
                ? "a duration such as 5 ms (ns, us, ms, s, min), or any"
                : "a duration of " + Durations.text(least) + " or more";
        int at = line.position();
        String text = line.word(expected);
        if (!text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1))) {
            text += line.word("a unit (ns, us, ms, s, min)");
        }
        long nanos = -1;
        try {
            nanos = Budgets.nanos(text);
        } catch (NumberFormatException none) {
            // said below
        }
        if (nanos < least) {
            line.back(at);
            throw line.wrong(expected);
        }
        return nanos;
    }

    /** The rule without its reason. */
    static String write(DelayRule rule) {
        return "delay " + kind(rule.events().kind())
                + (rule.events().lane().equals(DelayRule.ANY)
                        ? ""
                        : " in " + ProfileFile.quote(rule.events().lane()))
                + (rule.after().equals(DelayRule.ANY) ? "" : " after " + kind(rule.after())) + ": " + range(rule);
    }

    /** From what to what, or {@code any}. */
    static String range(DelayRule rule) {
        return rule.range()
                .map(r -> Durations.text(r.low()) + " to " + Durations.text(r.high()))
                .orElse("any");
    }

    private static String kind(String kind) {
        return kind.equals(DelayRule.ANY) ? kind : ProfileFile.quote(kind);
    }
}
