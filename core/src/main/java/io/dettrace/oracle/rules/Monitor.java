package io.dettrace.oracle.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Watches one rule while events go by. What it remembers is by key and counts against a budget; once that is used up it opens
 * no key any more and says so, for what it did not see the beginning of it cannot judge.
 */
abstract class Monitor {
    private final Rule.Entry entry;
    private final Budget budget;
    private long events;
    private long incomplete;
    private long violations;
    private int open;
    private int mostOpen;
    private boolean undecided;
    private Violation first;

    Monitor(Rule.Entry entry, Budget budget) {
        this.entry = entry;
        this.budget = budget;
    }

    static Monitor of(Rule.Entry entry, Budget budget) {
        Rule rule = entry.rule();
        if (rule instanceof Rule.Machine m) {
            return new MachineMonitor(entry, m, budget);
        } else if (rule instanceof Rule.Follows f) {
            return f.within().isPresent() ? new TimedMonitor(entry, f, budget) : new FollowsMonitor(entry, f, budget);
        } else if (rule instanceof Rule.Deadline d) {
            return new TimedMonitor(entry, d, budget);
        } else if (rule instanceof Rule.Preceded p) {
            return new PrecededMonitor(entry, p, budget);
        } else if (rule instanceof Rule.Never n) {
            return new NeverMonitor(entry, n, budget);
        } else if (rule instanceof Rule.AtMost a) {
            return new AtMostMonitor(entry, a, budget);
        } else if (rule instanceof Rule.Together t) {
            return new TogetherMonitor(entry, t, budget);
        } else if (rule instanceof Rule.Conserve c) {
            return new ConserveMonitor(entry, c, budget);
        } else if (rule instanceof Rule.Monotone m) {
            return new MonotoneMonitor(entry, m, budget);
        } else if (rule instanceof Rule.Bound b) {
            return new BoundMonitor(entry, b, budget);
        }
        return new FifoMonitor(entry, (Rule.Fifo) rule, budget);
    }

    /** Kinds of events that it wants to see; empty for all. */
    abstract Set<String> kinds();

    /** Takes an event. */
    abstract void take(Observation event, long number);

    /** Takes the time of an event of any kind, where it {@link #isTimed() asks for that}. */
    void tick(Observation event, long number) {}

    boolean isTimed() {
        return false;
    }

    /**
     * The run is over.
     *
     * @param cut true if it may have gone on
     * @param number one more than the events
     */
    void end(boolean cut, long number) {}

    /** @param seen true for the kinds that events had */
    final RuleOutcome outcome(Predicate<String> seen) {
        // A machine names what may happen, not what has to.
        List<String> absent = entry.rule() instanceof Rule.Machine
                ? List.of()
                : kinds().stream().filter(seen.negate()).sorted().toList();
        return new RuleOutcome(
                entry, events, mostOpen, violations, Optional.ofNullable(first), undecided, incomplete, absent);
    }

    // ---- for the rules ---------------------------------------------------------------------------------------------

    /** The kinds of several patterns together; empty if one takes all. */
    static Set<String> kinds(EventPattern... patterns) {
        Set<String> kinds = new TreeSet<>();
        for (EventPattern p : patterns) {
            if (p.kinds().isEmpty()) {
                return Set.of();
            }
            kinds.addAll(p.kinds());
        }
        return kinds;
    }

    final void concerns() {
        events++;
    }

    final void lacksField() {
        incomplete++;
    }

    /** True if one more key may be opened. */
    final boolean opens() {
        if (undecided || !budget.take()) {
            undecided = true;
            return false;
        }
        mostOpen = Math.max(mostOpen, ++open);
        return true;
    }

    final void closes(long n) {
        open -= (int) n;
        budget.giveBack(n);
    }

    /** True if keys had to be let go by, so that a key that is not known may be an old one. */
    final boolean isUndecided() {
        return undecided;
    }

    /**
     * A violation; kept if it is the first, that is of the least event and among those of the oldest witness.
     *
     * @param event the event, or null at the end of the run
     */
    final void violated(long number, Witness event, String key, String found, String expected, List<Witness> witness) {
        violations++;
        if (first == null
                || number < first.number()
                || number == first.number() && oldest(witness) < oldest(first.witness())) {
            first = new Violation(
                    entry,
                    number,
                    Optional.ofNullable(event),
                    entry.rule().scope().describe(key),
                    found,
                    expected,
                    witness);
        }
    }

    /** More violations, later than one that was told. */
    final void addViolations(long n) {
        violations += n;
    }

    private static long oldest(List<Witness> witness) {
        return witness.isEmpty() ? Long.MAX_VALUE : witness.get(0).number();
    }

    static Witness witness(Observation event, long number, String what) {
        return new Witness(number, event.place(), event.lane(), what, event.time());
    }

    static Witness witness(Observation event, long number) {
        return witness(event, number, event.kind());
    }
}
