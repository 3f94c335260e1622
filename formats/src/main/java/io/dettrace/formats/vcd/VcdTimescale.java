package io.dettrace.formats.vcd;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * What one unit of simulation time is: {@code factor * 10^exponent} nanoseconds.
 *
 * @param factor usually 1, 10 or 100 (18.2.3.6), 1 to a billion
 * @param exponent of ten, -6 for femtoseconds to 9 for seconds
 */
record VcdTimescale(long factor, int exponent) {
    static final VcdTimescale NANOSECOND = new VcdTimescale(1, 0);

    private static final Map<String, Integer> UNITS =
            Map.of("s", 9, "ms", 6, "us", 3, "µs", 3, "ns", 0, "ps", -3, "fs", -6, "as", -9);

    /** The scale of a text such as {@code 10ps}, or null if it is none. */
    static VcdTimescale parse(String text) {
        String t = text.strip().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < t.length() && t.charAt(digits) >= '0' && t.charAt(digits) <= '9') {
            digits++;
        }
        Integer exponent = UNITS.get(t.substring(digits).strip());
        if (exponent == null || digits > 9) {
            return null;
        }
        long factor = digits == 0 ? 1 : Long.parseLong(t.substring(0, digits));
        return factor == 0 ? null : new VcdTimescale(factor, exponent);
    }

    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    /** A time in nanoseconds if it is whole and fits 64 bits, else -1. */
    long wholeNanoseconds(long ticks) {
        if (exponent > 0 || exponent < -6 || ticks > Long.MAX_VALUE / factor) {
            return -1;
        }
        long fine = ticks * factor;
        long nanos = fine / TENS[-exponent];
        return nanos * TENS[-exponent] == fine ? nanos : -1;
    }

    /** Nanoseconds of a time, exactly, as a decimal. */
    String nanoseconds(long ticks, String fraction) {
        BigDecimal t = new BigDecimal(fraction.isEmpty() ? Long.toString(ticks) : ticks + "." + fraction);
        BigDecimal ns = t.multiply(BigDecimal.valueOf(factor)).scaleByPowerOfTen(exponent);
        return ns.signum() == 0 ? "0" : ns.stripTrailingZeros().toPlainString();
    }
}
