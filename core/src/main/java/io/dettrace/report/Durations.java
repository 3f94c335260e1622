package io.dettrace.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Durations for people: in the unit in which they are at least 1, exact to the nanosecond. */
public final class Durations {
    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private Durations() {}

    /** A duration such as {@code 1.005 ms}. */
    public static String text(long nanos) {
        BigDecimal value = BigDecimal.valueOf(nanos);
        int unit = 0;
        while (unit < UNITS.length - 1 && value.abs().compareTo(BigDecimal.valueOf(1_000)) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        BigDecimal plain = value.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString() + " " + UNITS[unit];
    }

    /** The same of a measured quantity, to six digits. */
    static String measured(double nanos) {
        BigDecimal value = BigDecimal.valueOf(nanos).round(new MathContext(6, RoundingMode.HALF_EVEN));
        int unit = 0;
        while (unit < UNITS.length - 1 && value.abs().compareTo(BigDecimal.valueOf(1_000)) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        BigDecimal plain = value.setScale(Math.min(3, Math.max(0, value.scale())), RoundingMode.HALF_EVEN);
        plain = plain.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString() + " " + UNITS[unit];
    }
}
