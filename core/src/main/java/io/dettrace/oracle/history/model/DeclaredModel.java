package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.Effect;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.ModelException;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** A model out of a {@link ModelFile}: its state is the list of the values of its variables. */
final class DeclaredModel implements Model {
    /** An operation with what it may do. */
    record Operation(List<String> parameters, List<Alternative> alternatives, Effect effect) {}

    /**
     * One thing that an operation may do.
     *
     * @param guard when, or null for always
     * @param otherwise true if only where no other alternative is possible
     * @param changes the variables that change; computed from the state before
     * @param result what it returns, or null for anything
     * @param fails true if it fails
     */
    record Alternative(
            Expression guard, boolean otherwise, Map<String, Expression> changes, Expression result, boolean fails) {
        static final class Builder {
            private final Expression guard;
            private final boolean otherwise;
            private final Map<String, Expression> changes = new LinkedHashMap<>();
            private Expression result;
            private boolean fails;

            Builder(Expression guard, boolean otherwise) {
                this.guard = guard;
                this.otherwise = otherwise;
            }

            boolean set(String variable, Expression to) {
                return changes.put(variable, to) == null;
            }

            void returns(Expression result) {
                this.result = result;
            }

            void fails() {
                fails = true;
            }

            Alternative build() {
                return new Alternative(guard, otherwise, Map.copyOf(changes), result, fails);
            }
        }
    }

    /** Values that a state may be made of. */
    static final int MAX_WEIGHT = 1_000_000;

    private final String name;
    private final List<String> variables;
    private final Value initial;
    private final Map<String, Operation> operations;
    private final boolean whole;

    /** @param whole true if all keys are about one object */
    DeclaredModel(String name, Map<String, Value> state, Map<String, Operation> operations, boolean whole) {
        this.name = name;
        this.whole = whole;
        this.operations = Map.copyOf(operations);
        variables = List.copyOf(state.keySet());
        initial = Value.of(List.copyOf(state.values()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Object initial() {
        return initial;
    }

    @Override
    public boolean knows(String function) {
        return operations.containsKey(function);
    }

    @Override
    public Effect effect(String function) {
        return operations.get(function).effect;
    }

    @Override
    public boolean refuses(String function) {
        return operations.get(function).alternatives.stream().anyMatch(Alternative::fails);
    }

    @Override
    public Optional<Value> part(Call call) {
        return Optional.of(whole ? Value.NIL : call.key());
    }

    @Override
    public List<Outcome> apply(Object state, Call call) {
        Operation operation = operations.get(call.function());
        Optional<Map<String, Value>> names = names((Value.Items) state, operation, call);
        if (names.isEmpty()) {
            return List.of();
        }
        List<Outcome> all = new ArrayList<>();
        for (Alternative a : operation.alternatives) {
            if (!a.otherwise || all.isEmpty()) {
                outcome((Value.Items) state, a, names.get()).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Outcome> outcome(Value.Items state, Alternative a, Map<String, Value> names) {
        try {
            if (a.guard != null && !a.guard.holds(names)) {
                return Optional.empty();
            }
            List<Value> after = new ArrayList<>();
            for (int i = 0; i < variables.size(); i++) {
                Expression change = a.changes.get(variables.get(i));
                after.add(change == null ? state.values().get(i) : change.of(names));
            }
            return Optional.of(
                    new Outcome(bounded(Value.of(after)), a.result == null ? null : a.result.of(names), a.fails));
        } catch (Expression.Undefined e) {
            return Optional.empty();
        }
    }

    private Value bounded(Value state) {
        if (state.weight() > MAX_WEIGHT || state.depth() > Value.MAX_DEPTH) {
            throw new ModelException("model " + name + ": its state grows beyond " + MAX_WEIGHT + " values, or "
                    + Value.MAX_DEPTH + " lists and maps inside each other");
        }
        return state;
    }

    /** Variables and arguments by name; empty if the call has other arguments than the operation. */
    private Optional<Map<String, Value>> names(Value.Items state, Operation operation, Call call) {
        Map<String, Value> names = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            names.put(variables.get(i), state.values().get(i));
        }
        names.put("key", call.key());
        List<String> parameters = operation.parameters;
        if (parameters.size() == 1) {
            names.put(parameters.get(0), call.argument());
        } else if (parameters.size() > 1) {
            if (call.argument() instanceof Value.Items items && items.size() == parameters.size()) {
                for (int i = 0; i < parameters.size(); i++) {
                    names.put(parameters.get(i), items.values().get(i));
                }
            } else if (call.argument() instanceof Value.Dict d
                    && d.values().keySet().containsAll(parameters)) {
                parameters.forEach(p -> names.put(p, d.values().get(p)));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    @Override
    public String show(Object state) {
        StringJoiner all = new StringJoiner(", ");
        for (int i = 0; i < variables.size(); i++) {
            all.add(variables.get(i) + " = " + ((Value.Items) state).values().get(i));
        }
        return all.toString();
    }
}
