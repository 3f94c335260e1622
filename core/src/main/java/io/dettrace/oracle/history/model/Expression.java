package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Value;
import java.util.List;
import java.util.Map;

/** An expression of a model file, over state variables and arguments. */
interface Expression {
    /** Its value. */
    Value of(Map<String, Value> names);

    /** True if it holds: anything but false and nil. */
    default boolean holds(Map<String, Value> names) {
        Value value = of(names);
        return !value.equals(Value.FALSE) && !value.equals(Value.NIL);
    }

    /** Something that cannot be computed, such as the first element of a number; the alternative is then impossible. */
    final class Undefined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undefined() {
            super(null, null, false, false);
        }
    }

    /** A call of one of the {@link Functions}. */
    record Apply(Functions.Function function, List<Expression> arguments) implements Expression {
        @Override
        public Value of(Map<String, Value> names) {
            return function.apply(arguments.stream().map(a -> a.of(names)).toList());
        }
    }
}
