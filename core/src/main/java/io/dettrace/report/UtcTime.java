package io.dettrace.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times that count nanoseconds since 1970, as people read them. */
public final class UtcTime {
    /** 1990-01-01 in nanoseconds; what is earlier counts from the start of something else than 1970. */
    private static final long FROM = 631_152_000_000_000_000L;

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private UtcTime() {}

    /** True if the time counts from 1970, as far as a number can tell: 1990 or later. */
    public static boolean counts(long nanos) {
        return nanos >= FROM;
    }

    /** The point in time, to the nanosecond: {@code 2026-01-31T12:00:00.000000001Z}. */
    public static String text(long nanos) {
        return INSTANT.format(
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
    }
}
