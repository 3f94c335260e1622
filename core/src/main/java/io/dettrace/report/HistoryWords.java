package io.dettrace.report;

import io.dettrace.oracle.history.Operation;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;

/** Operations of histories in words. */
final class HistoryWords {
    private static final int LONGEST_VALUE = 48;

    private HistoryWords() {}

    /** A value, shortened in the middle. */
    static String value(Value value) {
        String text = value.toString();
        int half = LONGEST_VALUE / 2;
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, half) + "…" + text.substring(text.length() - half);
    }

    /** What is called, without the key. */
    static String call(Operation o) {
        Value argument = o.call().argument();
        return o.call().function() + (argument.equals(Value.NIL) ? "" : " " + value(argument));
    }

    /** What is called and how it ended. */
    static String operation(Operation o) {
        return switch (o.ending()) {
            case OK -> call(o) + (tells(o) ? ": " + value(o.result()) : "");
            case FAIL -> call(o) + ": failed";
            case UNKNOWN -> call(o) + ": ?";
        };
    }

    /** True if the result says more than the call: histories often repeat the argument. */
    static boolean tells(Operation o) {
        return !o.result().equals(o.call().argument()) || o.call().argument().equals(Value.NIL);
    }

    /** What was wrong with the last operation of a violating prefix. */
    static String sentence(Operation o) {
        return switch (o.ending()) {
            case OK -> call(o) + " returned " + value(o.result());
            case FAIL -> call(o) + " failed";
            case UNKNOWN -> call(o);
        };
    }

    /** What might have been returned. */
    static String outcome(Outcome o) {
        if (o.refused()) {
            return o.result() == null ? "failed" : value(o.result()) + " or failed";
        }
        return o.result() == null ? "ok" : value(o.result());
    }
}
