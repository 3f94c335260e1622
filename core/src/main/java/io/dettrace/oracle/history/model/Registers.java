package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Access;
import io.dettrace.oracle.history.Answer;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.Discipline;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models that hold one value: the state is the value, {@link Value#NIL} if there is none. */
final class Registers {
    private static final String[] READ = {"read", "get", "load", "r"};
    private static final String[] WRITE = {"write", "set", "put", "store", "w"};
    private static final String[] CAS = {"cas", "compare-and-set", "compare-and-swap", "compareandset"};

    /** What many maps return for a key that is not there. */
    private static final Value NOTHING = Value.of("");

    private Registers() {}

    static Model register(Value initial) {
        return plain("register", initial);
    }

    private static TableModel plain(String name, Value initial) {
        return new TableModel(name, initial)
                .reads(state -> (Value) state, READ)
                .overwrites(Call::argument, WRITE)
                .gives(Discipline.LATEST, Registers::access);
    }

    private static Optional<Access> access(Call call, Answer answer) {
        if (List.of(WRITE).contains(call.function())) {
            return Optional.of(new Access(Access.Kind.PUT, call.argument()));
        }
        boolean read = List.of(READ).contains(call.function()) && answer != null;
        return read ? Optional.of(new Access(Access.Kind.SEE, answer.value())) : Optional.empty();
    }

    static Model casRegister(Value initial) {
        return plain("cas-register", initial).mayRefuse(Registers::compareAndSet, CAS);
    }

    /** One value of each key; absent is nil, and the empty string where the history reads it so. */
    static Model map(Value initial) {
        return new TableModel("kv", initial) {
            @Override
            public boolean accepts(Call call, Answer answer, Outcome outcome) {
                boolean empty = Value.NIL.equals(outcome.result())
                        && !outcome.refused()
                        && answer.value().equals(NOTHING)
                        && !answer.failed();
                return empty || super.accepts(call, answer, outcome);
            }
        }.reads(state -> (Value) state, READ)
                .overwrites(Call::argument, WRITE)
                .overwrites(call -> Value.NIL, "delete", "remove", "del")
                .changes(Registers::append, "append")
                .mayRefuse(Registers::compareAndSet, CAS)
                .gives(initial.equals(NOTHING) ? Discipline.UNKNOWN : Discipline.LATEST, Registers::mapAccess);
    }

    /** The empty string that was read stands for nil, and so no other value may be the one or the other. */
    private static Optional<Access> mapAccess(Call call, Answer answer) {
        return access(call, answer)
                .map(a -> NOTHING.equals(a.value()) ? new Access(a.kind(), Value.NIL) : a)
                .filter(a -> a.kind() != Access.Kind.PUT || !a.value().equals(Value.NIL));
    }

    private static List<Outcome> compareAndSet(Object state, Call call) {
        List<Value> pair = Models.pair(call, "old", "new").orElse(null);
        if (pair == null) {
            pair = Models.pair(call, "expected", "value").orElse(null);
        }
        if (pair == null) {
            return List.of();
        }
        return List.of(state.equals(pair.get(0)) ? Outcome.done(pair.get(1)) : Outcome.refused(state));
    }

    /** Strings are joined, anything else becomes a list. */
    private static List<Outcome> append(Object state, Call call) {
        Value more = call.argument();
        if (state instanceof Value.Items items) {
            return List.of(Outcome.done(items.with(more)));
        }
        if (state instanceof Value.Text text && more instanceof Value.Text end) {
            return List.of(Outcome.done(Value.of(text.value() + end.value())));
        }
        if (state.equals(Value.NIL)) {
            return List.of(Outcome.done(more instanceof Value.Text ? more : Value.of(List.of(more))));
        }
        return List.of(Outcome.done(Value.of(new ArrayList<>(List.of((Value) state, more)))));
    }
}
