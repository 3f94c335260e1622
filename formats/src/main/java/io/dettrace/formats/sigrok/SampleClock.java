package io.dettrace.formats.sigrok;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * When a sample was taken.
 *
 * @param rate samples a second, or 0 if the capture does not say
 */
record SampleClock(long rate) {
    private static final long SECOND = 1_000_000_000L;

    /** Rates up to here are computed with whole numbers. */
    private static final long EXACT = Long.MAX_VALUE / SECOND;

    /** Characters that a rate is written with at most. */
    private static final int MAX_LENGTH = 32;

    boolean isKnown() {
        return rate > 0;
    }

    /** Nanoseconds from the first sample, rounded down; only if the rate is known. */
    long nanos(long sample) {
        long rest = sample % rate;
        long part = rate <= EXACT ? rest * SECOND / rate : (long) ((double) rest * SECOND / rate);
        return sample / rate * SECOND + part;
    }

    /** Samples that this many microseconds take; only if the rate is known. */
    double samples(double micros) {
        return micros * rate / 1e6;
    }

    /** A rate as sigrok writes it ({@code 500 kHz}, {@code 33.333333 MHz}, {@code 1000000}), empty if it is none. */
    static OptionalLong parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (text.endsWith("hz")) {
            text = text.substring(0, text.length() - 2).strip();
        }
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        int power = "kmg".indexOf(text.charAt(text.length() - 1)) + 1;
        String number = power == 0 ? text : text.substring(0, text.length() - 1).strip();
        if (!number.matches("[0-9]{1,19}(\\.[0-9]+)?")) {
            return OptionalLong.empty();
        }
        BigDecimal hertz = new BigDecimal(number).scaleByPowerOfTen(3 * power);
        return hertz.compareTo(BigDecimal.ONE) < 0 || hertz.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(hertz.longValue());
    }
}
