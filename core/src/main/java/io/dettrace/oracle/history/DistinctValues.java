package io.dettrace.oracle.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides without a search whether a part of a history can be explained, where no value is put into the object twice: then it
 * is known which call put what another returned, and a few patterns are all that can be wrong. The time is that of sorting.
 *
 * <p>Calls without a known end are the only freedom left. One that puts a value which nobody has seen is best taken as one that
 * never took effect; one whose value was seen took effect, and may have at any time after it began. What calls of unknown
 * result take out is decided by the {@link Discipline}.
 */
final class DistinctValues {
    /** An instant before all events. */
    static final int BEFORE_ALL = -1;

    /** When a value was put, seen and taken; instants are numbers of events. */
    static final class Life {
        /** When the call that put it began; {@link Operation#NEVER} if there is none. */
        int putBegun = Operation.NEVER;

        /** When that call returned. */
        int put = Operation.NEVER;

        /** When the first call returned that saw or took it. */
        int firstKnown = Operation.NEVER;

        /** When the last call began that saw or took it; {@link #BEFORE_ALL} if there is none. */
        int lastUse = BEFORE_ALL;

        /** Calls that took it. */
        int takes;

        boolean isSeen() {
            return firstKnown != Operation.NEVER;
        }

        private void see(Operation o) {
            firstKnown = Math.min(firstKnown, o.returned());
            lastUse = Math.max(lastUse, o.invoked());
        }
    }

    private final Map<Value, Life> lives = new HashMap<>();
    private final List<Operation> empty = new ArrayList<>();
    private final List<Operation> openTakes = new ArrayList<>();
    private final Model model;

    private DistinctValues(Model model) {
        this.model = model;
        if (model.discipline() == Discipline.LATEST) {
            Life initial = new Life();
            initial.putBegun = BEFORE_ALL;
            initial.put = BEFORE_ALL;
            lives.put((Value) model.initial(), initial);
        }
    }

    /**
     * Whether some order explains a part; the parameters are those of a {@link Problem}.
     *
     * @return empty if values are put twice, or the model does not say what calls do with them
     */
    static Optional<Boolean> explains(Model model, List<Operation> part, int horizon, Predicate<Operation> held) {
        if (model.discipline() == Discipline.UNKNOWN) {
            return Optional.empty();
        }
        DistinctValues values = new DistinctValues(model);
        for (Operation o : part) {
            if (o.invoked() > horizon) {
                break;
            }
            if (!values.take(o, o.returned() <= horizon, held)) {
                return Optional.empty();
            }
        }
        return Optional.of(values.explained());
    }

    /** Takes an operation; false if it does not fit in here. */
    private boolean take(Operation o, boolean ended, Predicate<Operation> held) {
        if (ended && Problem.didNotHappen(model, o)) {
            return true;
        }
        boolean known = ended && held.test(o);
        if (!known && model.effect(o.call().function()) == Effect.READS) {
            return true;
        }
        Access access = model.access(o.call(), known ? o.answer() : null).orElse(null);
        if (access == null) {
            return false;
        }
        switch (access.kind()) {
            case PUT -> {
                Life life = life(access.value());
                if (life.putBegun != Operation.NEVER) {
                    return false;
                }
                life.putBegun = o.invoked();
                life.put = known ? o.returned() : Operation.NEVER;
            }
            case SEE -> life(access.value()).see(o);
            case FIND_NONE -> empty.add(o);
            case TAKE -> {
                if (access.value() == null) {
                    openTakes.add(o);
                } else {
                    life(access.value()).see(o);
                    life(access.value()).takes++;
                }
            }
        }
        return true;
    }

    private Life life(Value value) {
        return lives.computeIfAbsent(value, v -> new Life());
    }

    private boolean explained() {
        for (Life life : lives.values()) {
            if (life.isSeen() && life.firstKnown < life.putBegun || life.takes > 1) {
                return false; // known before it was put, or never put at all; or taken twice
            }
        }
        Collection<Life> all = lives.values();
        return switch (model.discipline()) {
            case LATEST -> ValueZones.fit(all);
            case FIRST_IN_FIRST_OUT -> new ValueQueue(all, openTakes, empty).fits(true);
            case ANY_ORDER -> new ValueQueue(all, openTakes, empty).fits(false);
            case UNKNOWN -> throw new IllegalStateException("a model without a discipline");
        };
    }
}
