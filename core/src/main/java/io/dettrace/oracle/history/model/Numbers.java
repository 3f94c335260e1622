package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Answer;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;
import java.math.BigDecimal;
import java.util.List;

/** Models that count, and the lock. */
final class Numbers {
    private Numbers() {}

    private static BigDecimal number(Object value) {
        return value instanceof Value.Whole w
                ? BigDecimal.valueOf(w.value())
                : value instanceof Value.Decimal d ? d.value() : BigDecimal.ZERO;
    }

    /** What is added: the argument, or one if there is none. */
    private static Value plus(Object state, Call call, int sign) {
        BigDecimal by = call.argument().equals(Value.NIL) ? BigDecimal.ONE : number(call.argument());
        return Value.of(number(state).add(sign < 0 ? by.negate() : by));
    }

    static Model counter(Value initial) {
        return new TableModel("counter", initial)
                .changes(
                        (state, call) -> List.of(Outcome.done(plus(state, call, 1))), "add", "increment", "inc", "incr")
                .changes((state, call) -> List.of(Outcome.done(plus(state, call, -1))), "decrement", "dec", "decr")
                .reads(state -> (Value) state, "read", "get", "value");
    }

    static Model fetchAndAdd(Value initial) {
        return new TableModel("fetch-and-add", initial)
                .changes(
                        (state, call) -> List.of(Outcome.returns(plus(state, call, 1), (Value) state)),
                        "fetch-and-add",
                        "get-and-add",
                        "getandadd",
                        "faa")
                .changes(
                        (state, call) -> {
                            Value sum = plus(state, call, 1);
                            return List.of(Outcome.returns(sum, sum));
                        },
                        "add-and-get",
                        "addandget",
                        "increment-and-get",
                        "incrementandget")
                .reads(state -> (Value) state, "read", "get");
    }

    /** A lock that any process may release; the state says whether it is taken. */
    static Model mutex(Value initial) {
        return new LockModel(initial)
                .mayRefuse(
                        (taken, call) ->
                                List.of(taken.equals(Value.TRUE) ? Outcome.refused(taken) : Outcome.done(Value.TRUE)),
                        "acquire",
                        "lock",
                        "try-acquire",
                        "trylock",
                        "try-lock")
                .mayRefuse(
                        (taken, call) ->
                                List.of(taken.equals(Value.TRUE) ? Outcome.done(Value.FALSE) : Outcome.refused(taken)),
                        "release",
                        "unlock");
    }

    private static final class LockModel extends TableModel {
        LockModel(Value initial) {
            super("mutex", initial);
        }

        @Override
        public String show(Object state) {
            return state.equals(Value.TRUE) ? "taken" : "free";
        }

        /** What else a lock returns, such as a token, is not looked at. */
        @Override
        public boolean accepts(Call call, Answer answer, Outcome outcome) {
            return outcome.refused() == (answer.failed() || answer.value().equals(Value.FALSE));
        }
    }
}
