package io.dettrace.formats.inspect;

import io.dettrace.report.UtcTime;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Times as people read them. */
final class Times {
    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private Times() {}

    /** A point in time: UTC if it counts from 1970, else as a duration since the run's own zero. */
    static String point(long nanos) {
        return UtcTime.counts(nanos) ? UtcTime.text(nanos) : duration(nanos);
    }

    /** A duration in the largest unit below it, with all its digits; from 120 s on in seconds to milliseconds. */
    static String duration(long nanos) {
        int unit = 0;
        long scale = 1;
        while (unit < 3 && Math.abs(nanos) / scale >= 1_000) {
            scale *= 1_000;
            unit++;
        }
        BigDecimal value = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(scale));
        if (Math.abs(nanos) >= 120_000_000_000L) {
            value = value.setScale(3, RoundingMode.HALF_EVEN);
        }
        return value.stripTrailingZeros().toPlainString() + " " + UNITS[unit];
    }
}
