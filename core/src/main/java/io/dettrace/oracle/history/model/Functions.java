package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.ModelException;
import io.dettrace.oracle.history.Value;
import io.dettrace.oracle.history.Value.Items;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** What expressions of a model file can compute. Values that do not fit make an expression undefined. */
final class Functions {
    /** Digits of a number that is computed, about. */
    static final int MAX_DIGITS = 10_000;

    /** Characters of a text that is computed, about. */
    static final int MAX_TEXT = 1 << 20;

    private Functions() {}

    /** A function over values. */
    interface Function {
        Value apply(List<Value> arguments);
    }

    /** A function and how many arguments it takes. */
    record Known(int arguments, Function function) {}

    /** By name. */
    static final Map<String, Known> NAMED = Map.ofEntries(
            one("size", v -> Value.of(v instanceof Value.Dict d ? d.values().size() : list(v).size())),
            one("first", v -> at(v, 0)),
            one("last", v -> at(v, list(v).size() - 1)),
            one("rest", v -> list(v).size() == 0 ? undefined() : list(v).without(0)),
            one("most", v -> list(v).size() == 0 ? undefined() : list(v).without(list(v).size() - 1)),
            two("append", (l, v) -> list(l).with(v)),
            two("contains", (l, v) -> Value.of(list(l).values().contains(v))),
            two("without", Functions::without),
            two("at", (l, i) -> at(l, index(i))),
            entry("get", 3, a -> map(a.get(0)).getOrDefault(name(a.get(1)), a.get(2))),
            entry("put", 3, a -> put(a.get(0), a.get(1), a.get(2))),
            two("drop", Functions::drop));

    private static Entry<String, Known> one(String name, java.util.function.UnaryOperator<Value> f) {
        return entry(name, 1, a -> f.apply(a.get(0)));
    }

    private static Entry<String, Known> two(String name, BinaryOperator<Value> f) {
        return entry(name, 2, a -> f.apply(a.get(0), a.get(1)));
    }

    private static Entry<String, Known> entry(String name, int arguments, Function f) {
        return Map.entry(name, new Known(arguments, f));
    }

    private static Value undefined() {
        throw new Expression.Undefined();
    }

    private static Items list(Value value) {
        if (value instanceof Items items) {
            return items;
        }
        throw new Expression.Undefined();
    }

    private static Map<String, Value> map(Value value) {
        if (value instanceof Value.Dict d) {
            return d.values();
        }
        if (value.equals(Value.NIL)) {
            return Map.of();
        }
        throw new Expression.Undefined();
    }

    private static String name(Value value) {
        return value instanceof Value.Text t ? t.value() : value.json();
    }

    private static int index(Value value) {
        if (value instanceof Value.Whole w && w.value() >= 0 && w.value() < Integer.MAX_VALUE) {
            return (int) w.value();
        }
        throw new Expression.Undefined();
    }

    private static Value at(Value list, int index) {
        List<Value> values = list(list).values();
        return index >= 0 && index < values.size() ? values.get(index) : undefined();
    }

    private static Value without(Value list, Value value) {
        int at = list(list).values().indexOf(value);
        return at < 0 ? list : list(list).without(at);
    }

    private static Value put(Value map, Value key, Value value) {
        Map<String, Value> more = new TreeMap<>(map(map));
        more.put(name(key), value);
        return new Value.Dict(more);
    }

    private static Value drop(Value map, Value key) {
        Map<String, Value> less = new HashMap<>(map(map));
        less.remove(name(key));
        return new Value.Dict(less);
    }

    private static BigDecimal number(Value value) {
        if (value instanceof Value.Whole w) {
            return BigDecimal.valueOf(w.value());
        }
        if (value instanceof Value.Decimal d) {
            return d.value();
        }
        throw new Expression.Undefined();
    }

    /** Two values joined by an operator. */
    static Value join(String operator, Value a, Value b) {
        boolean numbers = !(a instanceof Value.Text);
        if ("+-*".contains(operator)
                && a.weight() + b.weight() > (numbers ? MAX_DIGITS : MAX_TEXT) / Value.CHARACTERS) {
            throw new ModelException("a model may compute with numbers of " + MAX_DIGITS + " digits and texts of "
                    + MAX_TEXT + " characters");
        }
        return switch (operator) {
            case "=" -> Value.of(a.equals(b));
            case "!=" -> Value.of(!a.equals(b));
            case "+" ->
                a instanceof Value.Text s && b instanceof Value.Text t
                        ? Value.of(s.value() + t.value())
                        : Value.of(number(a).add(number(b)));
            case "-" -> Value.of(number(a).subtract(number(b)));
            case "*" -> Value.of(number(a).multiply(number(b)));
            case "<" -> Value.of(number(a).compareTo(number(b)) < 0);
            case "<=" -> Value.of(number(a).compareTo(number(b)) <= 0);
            case ">" -> Value.of(number(a).compareTo(number(b)) > 0);
            case ">=" -> Value.of(number(a).compareTo(number(b)) >= 0);
            default -> throw new IllegalArgumentException(operator);
        };
    }
}
