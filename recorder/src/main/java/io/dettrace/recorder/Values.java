package io.dettrace.recorder;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Values of the outside world as they come back from a recorded run. */
final class Values {
    private Values() {}

    static long asLong(RecordedEvent event) {
        if (value(event) instanceof Long number) {
            return number;
        }
        throw wrong(event, "an integer");
    }

    static double asDouble(RecordedEvent event) {
        Object value = value(event);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            switch (text) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
            }
        }
        throw wrong(event, "a number");
    }

    static boolean asBoolean(RecordedEvent event) {
        if (value(event) instanceof Boolean truth) {
            return truth;
        }
        throw wrong(event, "true or false");
    }

    static @Nullable String asText(RecordedEvent event) {
        Object value = value(event);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(event, "a text or null");
    }

    static byte[] asBytes(RecordedEvent event) {
        if (value(event) instanceof String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw wrong(event, "Base64");
            }
        }
        throw wrong(event, "Base64");
    }

    private static @Nullable Object value(RecordedEvent event) {
        return event.fields().get(Check.VALUE);
    }

    private static IllegalStateException wrong(RecordedEvent event, String expected) {
        return new IllegalStateException("recorded value " + event.fields().get(Check.VALUE_NAME) + " of lane "
                + event.lane() + ": expected " + expected + ", found " + value(event) + "; record the run anew");
    }
}
