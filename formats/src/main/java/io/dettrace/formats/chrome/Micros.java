package io.dettrace.formats.chrome;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Times of trace events: decimal numbers of microseconds, exact to the nanosecond. */
final class Micros {
    /** What is no time, or beyond 64 bits of nanoseconds. */
    static final long NONE = Long.MIN_VALUE;

    private static final double LARGEST = 9e18;

    private Micros() {}

    /**
     * Nanoseconds of a number's text.
     *
     * @param unit nanoseconds of its unit, 1 or 1000
     */
    static long nanos(String text, long unit) {
        int n = text.length();
        int i = n > 0 && text.charAt(0) == '-' ? 1 : 0;
        boolean negative = i == 1;
        long value = 0;
        int digits = 0;
        for (; i < n && digits < 16 && isDigit(text.charAt(i)); i++, digits++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        if (digits == 0 || digits == 16) {
            return slow(text, unit);
        }
        value *= unit;
        if (i < n && text.charAt(i) == '.') {
            long scale = unit;
            int point = i;
            for (i++; i < n && isDigit(text.charAt(i)); i++) {
                scale /= 10;
                if (scale == 0) {
                    return slow(text, unit);
                }
                value += scale * (text.charAt(i) - '0');
            }
            if (i == point + 1) {
                return NONE;
            }
        }
        return i < n ? slow(text, unit) : negative ? -value : value;
    }

    /** Many digits, exponents, and what is no number. */
    private static long slow(String text, long unit) {
        try {
            double about = Double.parseDouble(text);
            if (!(Math.abs(about) * unit < LARGEST)) {
                return NONE;
            }
            if (about == 0 || Math.abs(about) < 1e-9) {
                return 0;
            }
            if (text.length() > 64) {
                return Math.round(about * unit);
            }
            return new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(unit))
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException none) {
            return NONE;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Nanoseconds as a decimal number of microseconds. */
    static String text(long nanos) {
        long whole = nanos / 1000;
        long part = Math.abs(nanos % 1000);
        if (part == 0) {
            return Long.toString(whole);
        }
        String sign = nanos < 0 && whole == 0 ? "-" : "";
        return sign + whole + "." + (part < 100 ? "0" : "") + (part < 10 ? "0" : "") + part;
    }
}
