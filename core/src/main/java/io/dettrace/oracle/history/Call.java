package io.dettrace.oracle.history;

import java.util.Locale;

/**
 * What is asked of an object.
 *
 * @param function what to do, such as {@code read}, in lower case
 * @param key which of several like objects is meant, {@link Value#NIL} if there is one
 * @param argument what is handed over, {@link Value#NIL} if nothing; several arguments are a list
 */
public record Call(String function, Value key, Value argument) {
    /** Puts the function into lower case. */
    public Call {
        function = function.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return function
                + (key == Value.NIL || key.equals(Value.NIL) ? "" : " " + key)
                + (argument.equals(Value.NIL) ? "" : " " + argument);
    }
}
