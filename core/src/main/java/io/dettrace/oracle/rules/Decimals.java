package io.dettrace.oracle.rules;

import java.math.BigDecimal;

/** Numbers in fields, exact, and small enough to be computed with. */
public final class Decimals {
    /** Characters that a number may have. */
    static final int MAX_LENGTH = 100;

    /** Power of ten up to which numbers are computed with; a double goes to 308. */
    static final int MAX_POWER = 400;

    private Decimals() {}

    /** The number, or null if the text is none, or one beyond the limits. */
    public static BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) > '9') {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            long power = (long) value.precision() - value.scale();
            return Math.abs(power) > MAX_POWER || Math.abs((long) value.scale()) > MAX_POWER ? null : value;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /** The shortest plain text of a number, with a power of ten where that is longer than what {@link #parse} takes. */
    public static String text(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        String plain = shortest.toPlainString();
        return plain.length() <= MAX_LENGTH ? plain : shortest.unscaledValue() + "E" + -shortest.scale();
    }
}
