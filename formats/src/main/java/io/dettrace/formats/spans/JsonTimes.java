package io.dettrace.formats.spans;

/** Times as texts of numbers, in nanoseconds. */
final class JsonTimes {
    /** Stands for a text that is no time between 1970 and 2262. */
    static final long BAD = Long.MIN_VALUE + 1;

    private static final int DIGITS = 19;

    private JsonTimes() {}

    /** A whole number of {@code unit} nanoseconds each; no text is an unknown time, and so is 0. */
    static long of(String text, long unit) {
        if (text.isEmpty()) {
            return Moment.UNKNOWN;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i == DIGITS || value > (Long.MAX_VALUE - (c - '0')) / 10) {
                return ofDecimal(text, unit);
            }
            value = 10 * value + c - '0';
        }
        return scale(value, unit);
    }

    /** A number with a fraction or an exponent, which some encoders write for large numbers. */
    private static long ofDecimal(String text, long unit) {
        if (text.length() > 2 * DIGITS) {
            return BAD;
        }
        try {
            double value = Double.parseDouble(text) * unit;
            return value >= 0 && value < Long.MAX_VALUE ? orUnknown((long) value) : BAD;
        } catch (NumberFormatException noNumber) {
            return BAD;
        }
    }

    /** A number of units in nanoseconds. */
    static long scale(long value, long unit) {
        return value < 0 || value > Long.MAX_VALUE / unit ? BAD : orUnknown(value * unit);
    }

    private static long orUnknown(long nanos) {
        return nanos == 0 ? Moment.UNKNOWN : nanos;
    }
}
