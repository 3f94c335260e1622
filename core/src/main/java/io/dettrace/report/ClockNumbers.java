package io.dettrace.report;

import io.dettrace.clocks.CorrectedTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Times, offsets and skews as people read them. */
final class ClockNumbers {
    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private ClockNumbers() {}

    /** A point in time: UTC if it counts from 1970, else seconds since the clock's own zero. */
    static String point(long nanos) {
        return UtcTime.counts(nanos)
                ? UtcTime.text(nanos)
                : BigDecimal.valueOf(nanos, 9).toPlainString() + " s";
    }

    /** A duration with three digits or more, in the largest unit below it. */
    static String duration(long nanos) {
        int unit = unit(nanos);
        BigDecimal value = in(unit, nanos);
        int whole = value.precision() - value.scale();
        return value.setScale(Math.min(3 * unit, Math.max(0, 3 - whole)), RoundingMode.HALF_UP)
                        .toPlainString()
                + " " + UNITS[unit];
    }

    /** An offset with its sign, with as many digits as its error leaves it, and two more. */
    static String offset(long nanos, long error) {
        if (nanos == 0) {
            return "0 ns";
        }
        int unit = unit(nanos);
        int digits = 3 * unit;
        for (long e = error == CorrectedTime.UNKNOWN ? 0 : error; e >= 1_000 && digits > 0; e /= 10) {
            digits--;
        }
        BigDecimal value = in(unit, nanos).setScale(digits, RoundingMode.HALF_EVEN);
        return (value.signum() > 0 ? "+" : "") + value.toPlainString() + " " + UNITS[unit];
    }

    private static int unit(long nanos) {
        int unit = 0;
        for (long left = nanos; unit < 3 && (left >= 1_000 || left <= -1_000); left /= 1_000) {
            unit++;
        }
        return unit;
    }

    private static BigDecimal in(int unit, long nanos) {
        return BigDecimal.valueOf(nanos, 3 * unit);
    }

    /** Parts per million with three digits or more. */
    static String ppm(double ppm) {
        double size = Math.abs(ppm);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%." + digits + "f", ppm);
        return Double.parseDouble(text) == 0 ? text.replace("-", "") : text;
    }
}
