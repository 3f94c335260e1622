package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Access;
import io.dettrace.oracle.history.Answer;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.Discipline;
import io.dettrace.oracle.history.Effect;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A model as a table: for each function, under all its names, what it does. */
class TableModel implements Model {
    /** What a function does to a state. */
    interface Action extends BiFunction<Object, Call, List<Outcome>> {}

    private record Row(Effect effect, boolean refuses, Action action) {}

    private final String name;
    private final Object initial;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private Function<Call, Optional<Value>> part = call -> Optional.of(call.key());
    private BiFunction<Call, Answer, Optional<Value>> element = (call, answer) -> Optional.empty();
    private Discipline discipline = Discipline.UNKNOWN;
    private BiFunction<Call, Answer, Optional<Access>> access = (call, answer) -> Optional.empty();

    TableModel(String name, Object initial) {
        this.name = name;
        this.initial = initial;
    }

    /** A function that only looks: what it returns in a state. */
    TableModel reads(Function<Object, Value> result, String... names) {
        return row(Effect.READS, false, (state, call) -> List.of(Outcome.returns(state, result.apply(state))), names);
    }

    /** A function that only looks. */
    TableModel looks(Action action, String... names) {
        return row(Effect.READS, false, action, names);
    }

    /** A function whose outcome does not depend on the state. */
    TableModel overwrites(Function<Call, Object> state, String... names) {
        return row(Effect.OVERWRITES, false, (s, call) -> List.of(Outcome.done(state.apply(call))), names);
    }

    /** A function that changes the state. */
    TableModel changes(Action action, String... names) {
        return row(Effect.CHANGES, false, action, names);
    }

    /** A function that changes the state, or says no. */
    TableModel mayRefuse(Action action, String... names) {
        return row(Effect.CHANGES, true, action, names);
    }

    private TableModel row(Effect effect, boolean refuses, Action action, String... names) {
        for (String n : names) {
            rows.put(n, new Row(effect, refuses, action));
        }
        return this;
    }

    /** Says which part a call is about. */
    TableModel part(Function<Call, Optional<Value>> part) {
        this.part = part;
        return this;
    }

    /** Says which element a call is about. */
    TableModel element(BiFunction<Call, Answer, Optional<Value>> element) {
        this.element = element;
        return this;
    }

    /** Says by which rule values are given back, and what a call does with them. */
    TableModel gives(Discipline discipline, BiFunction<Call, Answer, Optional<Access>> access) {
        this.discipline = discipline;
        this.access = access;
        return this;
    }

    /** All names of all functions. */
    Set<String> functions() {
        return rows.keySet();
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
        return rows.containsKey(function);
    }

    @Override
    public List<Outcome> apply(Object state, Call call) {
        return rows.get(call.function()).action.apply(state, call);
    }

    @Override
    public Effect effect(String function) {
        return rows.get(function).effect;
    }

    @Override
    public boolean refuses(String function) {
        return rows.get(function).refuses;
    }

    @Override
    public Optional<Value> part(Call call) {
        return part.apply(call);
    }

    @Override
    public Optional<Value> element(Call call, Answer answer) {
        return element.apply(call, answer);
    }

    @Override
    public Discipline discipline() {
        return discipline;
    }

    @Override
    public Optional<Access> access(Call call, Answer answer) {
        return access.apply(call, answer);
    }

    @Override
    public String toString() {
        return name;
    }
}
