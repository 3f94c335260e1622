package io.dettrace.population;

import java.util.Comparator;

/**
 * Something that is true of a run or not. Which of the texts are used depends on the form; the others are empty.
 *
 * @param form what it says
 * @param first a kind of events
 * @param second the other kind, lane, or field
 * @param value a value, count or bound
 */
public record Predicate(Form form, String first, String second, String value) implements Comparable<Predicate> {
    /** What can be said of a run; of statements that are true of the same runs the first form is the plainest. */
    public enum Form {
        /** An event of the kind {@code first} occurs. */
        EVENT,
        /** The same in the lane {@code second}. */
        EVENT_IN_LANE,
        /** In an event of the kind {@code first} the field {@code second} is {@code value}. */
        VALUE,
        /** In an event of the kind {@code first} the field {@code second} is greater than {@code value}. */
        ABOVE,
        /** In an event of the kind {@code first} the field {@code second} is less than {@code value}. */
        BELOW,
        /** At least {@code value} events of the kind {@code first} occur. */
        COUNT,
        /** An event of the kind {@code second} comes right after one of the kind {@code first} in its lane. */
        FOLLOWS,
        /** An event of the kind {@code second} in one lane is recorded right after one of the kind {@code first} in another. */
        INTERLEAVES,
        /**
         * Between an event of the kind {@code first} and one of the kind {@code second} soon after it in its lane, one of the
         * kind {@code value} of another lane is recorded: what breaks the two apart may be an atomicity violation (Lu et al.,
         * ASPLOS 2006).
         */
        INTERRUPTS,
        /** The first event of the kind {@code first} is recorded before the first of the kind {@code second}. */
        ORDER
    }

    private static final Comparator<Predicate> ORDER = Comparator.comparing(Predicate::form)
            .thenComparing(Predicate::first)
            .thenComparing(Predicate::second)
            .thenComparing(Predicate::value);

    /** The statement in words. */
    public String text() {
        return switch (form) {
            case EVENT -> quoted(first) + " occurs";
            case EVENT_IN_LANE -> quoted(first) + " occurs in lane " + second;
            case VALUE -> second + " of " + quoted(first) + " is " + value;
            case ABOVE -> second + " of " + quoted(first) + " is above " + value;
            case BELOW -> second + " of " + quoted(first) + " is below " + value;
            case COUNT -> quoted(first) + " occurs " + value + " times or more";
            case FOLLOWS -> quoted(second) + " comes right after " + quoted(first) + " in a lane";
            case INTERLEAVES -> quoted(second) + " comes right after " + quoted(first) + " of another lane";
            case INTERRUPTS ->
                quoted(value)
                        + " of another lane comes between "
                        + quoted(first)
                        + " and "
                        + quoted(second)
                        + " of a lane";
            case ORDER -> "the first " + quoted(first) + " comes before the first " + quoted(second);
        };
    }

    /** True if it says that a quantity is beyond a bound. */
    boolean isBound() {
        return form == Form.ABOVE || form == Form.BELOW || form == Form.COUNT;
    }

    /** The same of any value. */
    Predicate withoutValue() {
        return new Predicate(form, first, second, "");
    }

    private static String quoted(String kind) {
        return "'" + kind + "'";
    }

    @Override
    public int compareTo(Predicate other) {
        return ORDER.compare(this, other);
    }
}
