package io.dettrace.oracle.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The definition of linearizability taken by its word, with nothing clever: every order of the calls of each key is tried, for
 * each prefix of the history from the shortest on.
 */
final class EveryOrder {
    private final Model model;
    private final List<Operation> operations;
    private final int prefix;
    private final Set<Operation> free;

    private EveryOrder(Model model, List<Operation> operations, int prefix, Set<Operation> free) {
        this.model = model;
        this.operations = operations;
        this.prefix = prefix;
        this.free = free;
    }

    /** The last event of the shortest prefix that nothing explains. */
    static OptionalInt firstViolation(History history, Model model) {
        for (int event = 0; event < history.events(); event++) {
            if (!explains(history.operations(), model, event, Set.of())) {
                return OptionalInt.of(event);
            }
        }
        return OptionalInt.empty();
    }

    /** True if some order explains the events up to {@code prefix}; calls in {@code free} may do what they like. */
    static boolean explains(List<Operation> operations, Model model, int prefix, Set<Operation> free) {
        Map<Value, List<Operation>> byKey = new LinkedHashMap<>();
        for (Operation o : operations) {
            if (o.invoked() <= prefix) {
                byKey.computeIfAbsent(o.call().key(), k -> new ArrayList<>()).add(o);
            }
        }
        return byKey.values().stream()
                .allMatch(of -> new EveryOrder(model, of, prefix, free).from(model.initial(), of));
    }

    private boolean ended(Operation o) {
        return o.returned() <= prefix && !free.contains(o);
    }

    private boolean didNotHappen(Operation o) {
        return o.returned() <= prefix
                && o.ending() == Operation.Ending.FAIL
                && !(o.mayBeRefused() && model.refuses(o.call().function()));
    }

    /** True if what is left can take effect from here on. */
    private boolean from(Object state, List<Operation> left) {
        if (left.stream().noneMatch(o -> ended(o) && !didNotHappen(o))) {
            return true;
        }
        for (Operation next : left) {
            boolean tooLate =
                    left.stream().anyMatch(o -> ended(o) && !didNotHappen(o) && o.returned() < next.invoked());
            if (tooLate || didNotHappen(next)) {
                continue;
            }
            List<Operation> rest = new ArrayList<>(left);
            rest.remove(next);
            for (Outcome outcome : model.apply(state, next.call())) {
                boolean fits = !ended(next) || model.accepts(next.call(), next.answer(), outcome);
                if (fits && from(outcome.state(), rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return operations.toString();
    }
}
