package io.dettrace.formats.inspect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as people read them. */
final class Times {
    /** 1990-01-01 in nanoseconds; what is earlier counts from the start of something else than 1970. */
    private static final long EPOCH_TIMES_FROM = 631_152_000_000_000_000L;

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private Times() {}

    /** A point in time: UTC if it counts from 1970, else as a duration since the run's own zero. */
    static String point(long nanos) {
        return nanos >= EPOCH_TIMES_FROM
                ? INSTANT.format(Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)))
                : duration(nanos);
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
