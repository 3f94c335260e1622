package io.dettrace.formats.log;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Tells durations, {@code 35ms} or {@code 1m2.5s}, and numbers that a unit of time follows. Not thread-safe. */
final class DurationShape {
    private static final Set<String> UNITS = Set.of(
            "ns",
            "us",
            "\u00b5s",
            "ms",
            "msec",
            "msecs",
            "millis",
            "milliseconds",
            "millisecond",
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "min",
            "mins",
            "minute",
            "minutes",
            "hour",
            "hours",
            "micros",
            "microseconds",
            "nanos",
            "nanoseconds");

    private byte[] b;
    private int to;

    /** Sets the bytes that are asked about. */
    void of(byte[] bytes, int stop) {
        b = bytes;
        to = stop;
    }

    /** {@code 35ms}, {@code 1.5s}, {@code 1m2.5s}; one number may be a decimal if a unit of time stands behind it. */
    boolean isDuration(int i, int k) {
        int q = i;
        boolean some = false;
        while (q < k) {
            int number = q;
            while (q < k && (Ascii.isDigit(b[q]) || b[q] == '.')) {
                q++;
            }
            if (q == number) {
                return false;
            }
            int unit = q;
            while (q < k && (Ascii.isLetter(b[q]) || b[q] < 0)) {
                q++;
            }
            if (unit == q) {
                return !some && isUnit(k);
            }
            String name = text(unit, q);
            boolean is = some || q < k
                    ? Set.of("h", "m", "s", "ms", "us", "\u00b5s", "ns", "d").contains(name)
                    : UNITS.contains(name);
            if (!is) {
                return false;
            }
            some = true;
        }
        return some;
    }

    /** True if the word behind is a unit of time. */
    boolean isUnit(int k) {
        int i = k;
        while (i < to && b[i] == ' ') {
            i++;
        }
        int q = i;
        while (q < to && Ascii.isLetter(b[q])) {
            q++;
        }
        return q > i
                && i > k
                && q - i < 13
                && UNITS.contains(text(i, q))
                && !text(i, q).equals("s");
    }

    private String text(int i, int k) {
        return new String(b, i, k - i, StandardCharsets.UTF_8);
    }
}
