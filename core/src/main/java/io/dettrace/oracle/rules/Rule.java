package io.dettrace.oracle.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Something that every run must keep. {@code toString} is the rule as in a file. */
public sealed interface Rule {
    /** Where a time limit is not said. */
    OptionalLong NO_LIMIT = OptionalLong.empty();

    /** Which events are taken together. */
    Scope scope();

    /**
     * A state machine for each key. Either states are the values of a field and {@code moves} tells which may follow which
     * ({@code event} is then null); or events, named by kind, lead from state to state.
     *
     * @param field the field whose value is the state, or by which events are named; empty for the kind
     * @param starts states in which a key may begin
     * @param finals states in which it may be left at the end of the run; none if in any
     * @param closed true if values that name no state are not allowed either
     */
    record Machine(
            String name,
            Scope scope,
            Optional<String> field,
            List<Move> moves,
            Set<String> starts,
            Set<String> finals,
            boolean closed)
            implements Rule {
        /** From a state to another; {@code event} is null where a state is the event that leads to it. */
        public record Move(String event, String from, String to) {}

        /** True if events lead from state to state and are not the states themselves. */
        boolean byEvents() {
            return !moves.isEmpty() && moves.get(0).event() != null;
        }

        @Override
        public String toString() {
            return RuleWriter.machine(this);
        }
    }

    /** After every {@code first} comes a {@code then}, in time if there is a limit; one answers all before it. */
    record Follows(EventPattern first, EventPattern then, Scope scope, OptionalLong within) implements Rule {
        @Override
        public String toString() {
            return "every " + first + scope.suffix(Scope.EACH_LANE) + " is followed by " + then
                    + RuleWriter.within(within);
        }
    }

    /** Before every {@code then} there was a {@code first}, not longer ago than the limit. */
    record Preceded(EventPattern then, EventPattern first, Scope scope, OptionalLong within) implements Rule {
        @Override
        public String toString() {
            return "every " + then + scope.suffix(Scope.EACH_LANE) + " is preceded by " + first
                    + RuleWriter.within(within);
        }
    }

    /** No {@code then} comes after a {@code first}, until {@code until} ends that. */
    record Never(EventPattern then, EventPattern first, Scope scope, Optional<EventPattern> until) implements Rule {
        @Override
        public String toString() {
            return "never " + then + " after " + first + scope.suffix(Scope.EACH_LANE)
                    + until.map(u -> " until " + u).orElse("");
        }
    }

    /** An event happens so many times at most; none if {@code most} is 0. */
    record AtMost(long most, EventPattern event, Scope scope) implements Rule {
        @Override
        public String toString() {
            return most == 0
                    ? "never " + event
                    : "at most " + (most == 1 ? "once " : most + " times ") + event + scope.suffix(Scope.EACH_LANE);
        }
    }

    /** From one event to another of the same holder. */
    record Interval(EventPattern enter, EventPattern exit) {
        @Override
        public String toString() {
            return enter + " .. " + exit;
        }
    }

    /**
     * Intervals of different holders do not overlap.
     *
     * @param other if given, only intervals of the one sort with those of the other
     * @param holder by what intervals are told apart, the lane if not said
     */
    record Together(Interval one, Optional<Interval> other, Scope scope, Scope holder) implements Rule {
        @Override
        public String toString() {
            return "never together " + one + other.map(o -> " and " + o).orElse("") + scope.suffix(Scope.OVERALL)
                    + (holder.equals(Scope.EACH_LANE) ? "" : " across " + holder.names());
        }
    }

    /** A number that goes up or down with each event of a sort, by one or by a field. */
    record Term(boolean minus, Optional<String> field, EventPattern event) {}

    /** A balance keeps to a bound, all the time or at the end of the run. */
    record Conserve(List<Term> terms, Condition.Comparison comparison, BigDecimal bound, boolean atEnd, Scope scope)
            implements Rule {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder("conserve");
            for (int i = 0; i < terms.size(); i++) {
                Term t = terms.get(i);
                out.append(t.minus() ? " - " : i == 0 ? " " : " + ")
                        .append(t.field().map(f -> RuleWords.quoted(f) + " of ").orElse(""))
                        .append(t.event());
            }
            return out + " " + comparison.sign() + " " + Decimals.text(bound) + (atEnd ? " at end" : "")
                    + scope.suffix(Scope.OVERALL);
        }
    }

    /** A number never goes back. */
    record Monotone(
            String field, boolean falling, boolean strictly, Optional<BigDecimal> step, EventPattern event, Scope scope)
            implements Rule {
        @Override
        public String toString() {
            return "monotone " + RuleWords.quoted(field) + (falling ? " falling" : "") + (strictly ? " strictly" : "")
                    + step.map(s -> " step " + Decimals.text(s)).orElse("") + RuleWriter.on(event)
                    + scope.suffix(Scope.EACH_LANE);
        }
    }

    /** A number lies between two bounds; either may be absent. */
    record Bound(String field, Optional<BigDecimal> low, Optional<BigDecimal> high, EventPattern event)
            implements Rule {
        @Override
        public Scope scope() {
            return Scope.OVERALL;
        }

        @Override
        public String toString() {
            String range = low.isPresent() && high.isPresent()
                    ? Decimals.text(low.get()) + " .. " + Decimals.text(high.get())
                    : low.map(l -> ">= " + Decimals.text(l)).orElseGet(() -> "<= " + Decimals.text(high.orElseThrow()));
            return "bound " + RuleWords.quoted(field) + " " + range + RuleWriter.on(event);
        }
    }

    /** Each {@code then} answers the oldest open {@code first}, in time; one that is not due yet may be open at the end. */
    record Deadline(EventPattern first, EventPattern then, Scope scope, long within) implements Rule {
        @Override
        public String toString() {
            return "deadline " + first + " -> " + then + scope.suffix(Scope.EACH_LANE)
                    + RuleWriter.within(OptionalLong.of(within));
        }
    }

    /** What comes in by one event leaves by another, first in, first out. */
    record Fifo(EventPattern in, EventPattern out, String field, Scope scope) implements Rule {
        @Override
        public String toString() {
            return "fifo " + in + " -> " + out + " of " + RuleWords.quoted(field) + scope.suffix(Scope.OVERALL);
        }
    }

    /** A rule and where it stands: its line from 1, and what the file says of why. */
    record Entry(Rule rule, String file, int line, String text) {}

    /**
     * The rules of a file.
     *
     * @param kind fields that say what happened, as the rules mean it; none to take what the run's mapping says
     * @param lane fields that name the lane, likewise
     * @param time field that holds the time, likewise
     */
    record All(List<Entry> entries, List<String> kind, List<String> lane, Optional<String> time) {
        public All {
            entries = List.copyOf(entries);
            kind = List.copyOf(kind);
            lane = List.copyOf(lane);
        }
    }

    /** Units of time limits in nanoseconds, from small to large. */
    Map<String, Long> UNITS = RuleWords.units();

    /** A time in nanoseconds as rules write it, in the largest unit that makes it whole. */
    static String duration(long nanos) {
        return RuleWriter.duration(nanos);
    }
}
