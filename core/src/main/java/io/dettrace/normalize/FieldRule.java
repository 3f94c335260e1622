package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one field of one kind of event is compared, where that is not by its value. What a rule allows is equal to everything
 * else that it allows; what it does not allow is compared by value, and so shows as a difference.
 *
 * @param form what the rule allows
 * @param low least number of {@link Form#RANGE}, inclusive
 * @param high greatest number of {@link Form#RANGE}, inclusive; for {@link Form#COUNTER} the step, or 0 for any rise
 * @param values texts of {@link Form#ONE_OF}
 * @param other path of the field that {@link Form#FUNCTION_OF} depends on
 * @param optional true if events may lack the field
 */
public record FieldRule(
        Form form, double low, double high, Set<String> values, Optional<String> other, boolean optional) {
    private static final int SHOWN = 6;

    /** What a rule allows. */
    public enum Form {
        /** Compared by value; with {@link FieldRule#optional} the least that a rule can say. */
        SAME,
        /** Any value. */
        ANY,
        /** Any value, compared up to a one-to-one renaming in each lane. */
        ID,
        /** A number between two bounds. */
        RANGE,
        /** One of some values. */
        ONE_OF,
        /** The value that goes with another field's value, whatever that is. */
        FUNCTION_OF,
        /** A number that rises from one event of the kind to the next in its lane. */
        COUNTER,
        /** When it happened, or how long it took: never a logical difference. */
        TIME
    }

    /** A rule without bounds. */
    public static FieldRule of(Form form) {
        return new FieldRule(form, 0, 0, Set.of(), Optional.empty(), false);
    }

    /** Numbers between two bounds, both inclusive. */
    public static FieldRule range(double low, double high) {
        return new FieldRule(Form.RANGE, low, high, Set.of(), Optional.empty(), false);
    }

    /** A counter that rises by {@code step}, or by any amount if that is 0. */
    public static FieldRule counter(double step) {
        return new FieldRule(Form.COUNTER, 0, step, Set.of(), Optional.empty(), false);
    }

    /** One of some values. */
    public static FieldRule oneOf(Set<String> values) {
        return new FieldRule(Form.ONE_OF, 0, 0, Set.copyOf(values), Optional.empty(), false);
    }

    /** The value that goes with that of the field at {@code other}. */
    public static FieldRule functionOf(String other) {
        return new FieldRule(Form.FUNCTION_OF, 0, 0, Set.of(), Optional.of(other), false);
    }

    /**
     * True if whether the rule allows a value is seen from the events before too: counters, values that go with another's,
     * identifiers.
     */
    public boolean looksBack() {
        return form == Form.COUNTER || form == Form.FUNCTION_OF || form == Form.ID;
    }

    /**
     * True if the rule allows the value by itself, so that it is no difference; a value whose rule looks at other events too
     * (identifiers, counters, functions) is not judged by itself and counts as allowed.
     */
    public boolean allows(Field field) {
        return switch (form) {
            case SAME -> false;
            case ONE_OF -> values.contains(field.text());
            case RANGE -> {
                try {
                    double number = Double.parseDouble(field.text());
                    yield number >= low && number <= high;
                } catch (NumberFormatException noNumber) {
                    yield false;
                }
            }
            default -> true;
        };
    }

    /** What the rule allows in a few words, such as {@code 0 to 12.7}; empty for what has no bounds. */
    public Optional<String> words() {
        return switch (form) {
            case RANGE -> Optional.of(number(low) + " to " + number(high));
            case ONE_OF ->
                Optional.of((values.size() > 1 ? "one of " : "")
                        + String.join(
                                ", ",
                                new TreeSet<>(values).stream().limit(SHOWN).toList())
                        + (values.size() > SHOWN ? " and " + (values.size() - SHOWN) + " more" : ""));
            case COUNTER ->
                Optional.of(
                        high == 0 ? "more than in the event before" : number(high) + " more than in the event before");
            case FUNCTION_OF -> Optional.of("what went with " + other.orElseThrow() + " before");
            case SAME, ANY, ID, TIME -> Optional.empty();
        };
    }

    /** The shortest plain text of a number. */
    public static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The same where events may lack the field. */
    public FieldRule orAbsent() {
        return new FieldRule(form, low, high, values, other, true);
    }
}
