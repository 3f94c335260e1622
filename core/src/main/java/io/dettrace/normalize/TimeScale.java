package io.dettrace.normalize;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** The unit of numbers in a time field. Texts are read as ISO 8601, else by {@link TimeText}, in every scale. */
public enum TimeScale {
    /** By the field's name ({@code _ms}, {@code _us}, {@code _ns}), else by the number's size. */
    AUTO(0),
    /** Seconds. */
    S(1_000_000_000L),
    /** Milliseconds. */
    MS(1_000_000L),
    /** Microseconds. */
    US(1_000L),
    /** Nanoseconds. */
    NS(1L);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long nanos;

    TimeScale(long nanos) {
        this.nanos = nanos;
    }

    /** The key in mapping files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scale for field {@code path}: this one, or for {@link #AUTO} the one that the name says, else AUTO. */
    public TimeScale resolve(String path) {
        if (this != AUTO) {
            return this;
        }
        String p = path.toLowerCase(Locale.ROOT);
        if (p.endsWith("ns") || p.endsWith("nano") || p.endsWith("nanos")) {
            return NS;
        }
        if (p.endsWith("_us") || p.endsWith("micros") || p.endsWith("usec")) {
            return US;
        }
        if (p.endsWith("_ms") || p.endsWith("millis") || p.endsWith("msec")) {
            return MS;
        }
        return p.endsWith("_s") || p.endsWith("sec") || p.endsWith("seconds") ? S : AUTO;
    }

    /**
     * Nanoseconds of a time value, or {@link io.dettrace.event.EventBlock#NO_TIME} if it is none. A number that overflows
     * is none.
     */
    public long nanos(byte[] bytes, int offset, int length, boolean number) {
        return number ? ofNumber(bytes, offset, length) : ofText(bytes, offset, length);
    }

    private long ofNumber(byte[] bytes, int offset, int length) {
        long value = 0;
        int i = offset;
        int end = offset + length;
        boolean negative = length > 0 && bytes[i] == '-';
        if (negative) {
            i++;
        }
        if (end - i > 19) {
            return ofLong(bytes, offset, length);
        }
        for (; end - i >= 8; i += 8) {
            long eight = eightDigits((long) LONGS.get(bytes, i));
            if (eight < 0) {
                return ofDecimal(bytes, offset, length);
            }
            value = value * 100_000_000 + eight;
        }
        for (; i < end; i++) {
            int d = bytes[i] - '0';
            if (d < 0 || d > 9) {
                return ofDecimal(bytes, offset, length);
            }
            if (value > (Long.MAX_VALUE - d) / 10) {
                return ofLong(bytes, offset, length);
            }
            value = value * 10 + d;
        }
        return scale(negative ? -value : value);
    }

    /** Eight ASCII digits as a number by three multiplications, or -1 if one is no digit (Lemire, 2018). */
    private static long eightDigits(long ascii) {
        long digits = ascii - 0x3030303030303030L;
        if (((ascii + 0x4646464646464646L | digits) & 0x8080808080808080L) != 0) {
            return -1;
        }
        long pairs = digits * 10 + (digits >>> 8);
        long low = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
        long high = (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L;
        return low + high >>> 32;
    }

    private long scale(long value) {
        long factor = nanos != 0 ? nanos : guess(Math.abs(value));
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        return (high == 0 && low >= 0) || (high == -1 && low < 0) ? low : Long.MIN_VALUE;
    }

    /** A number that may just fit, such as nanoseconds since 1970. */
    private long ofLong(byte[] bytes, int offset, int length) {
        try {
            return scale(Long.parseLong(new String(bytes, offset, length, StandardCharsets.US_ASCII)));
        } catch (NumberFormatException larger) {
            return ofDecimal(bytes, offset, length);
        }
    }

    private long ofDecimal(byte[] bytes, int offset, int length) {
        try {
            double value = Double.parseDouble(new String(bytes, offset, length, StandardCharsets.US_ASCII));
            double scaled = value * (nanos != 0 ? nanos : guess((long) Math.abs(value)));
            return Math.abs(scaled) < 9e18 ? Math.round(scaled) : Long.MIN_VALUE;
        } catch (NumberFormatException notANumber) {
            return Long.MIN_VALUE;
        }
    }

    /** Epoch times between 1990 and 2100 tell their unit by size; smaller numbers are taken as seconds. */
    private static long guess(long magnitude) {
        if (magnitude > 600_000_000_000_000_000L) {
            return 1L;
        }
        if (magnitude > 600_000_000_000_000L) {
            return 1_000L;
        }
        return magnitude > 600_000_000_000L ? 1_000_000L : 1_000_000_000L;
    }

    private static long ofText(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8).trim();
        if (text.length() < 10 || text.charAt(4) != '-') {
            return TimeText.nanosOf(text);
        }
        try {
            TemporalAccessor t = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T').replace(',', '.'), OffsetDateTime::from, LocalDateTime::from);
            Instant at = t instanceof OffsetDateTime o ? o.toInstant() : ((LocalDateTime) t).toInstant(ZoneOffset.UTC);
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        } catch (DateTimeException | ArithmeticException notATime) {
            return Long.MIN_VALUE;
        }
    }
}
