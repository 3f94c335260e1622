package io.dettrace.formats.ctf;

import java.math.BigInteger;

/** A clock (CTF 1.8.3, section 8): turns its cycles into nanoseconds since 1970. */
final class ClockClass {
    private static final long BILLION = 1_000_000_000L;

    final String name;

    private final long frequency;
    private final BigInteger base;

    /** {@link #base} where it fits 64 bits. */
    private final long smallBase;

    /** True if a cycle is a nanosecond and the base fits. */
    private final boolean plain;

    /**
     * @param frequency cycles a second, unsigned, not 0
     * @param offsetSeconds seconds from 1970 to the clock's origin
     * @param offset cycles to add to that
     */
    ClockClass(String name, long frequency, long offsetSeconds, long offset) {
        this.name = name;
        this.frequency = frequency;
        BigInteger cycles = BigInteger.valueOf(offset).multiply(BigInteger.valueOf(BILLION));
        BigInteger[] parts = cycles.divideAndRemainder(unsigned(frequency));
        BigInteger whole = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        base = whole.add(BigInteger.valueOf(offsetSeconds).multiply(BigInteger.valueOf(BILLION)));
        smallBase = base.bitLength() < 64 ? base.longValue() : 0;
        plain = frequency == BILLION && base.bitLength() < 64;
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value >= 0 ? signed : signed.add(BigInteger.ONE.shiftLeft(64));
    }

    /** Nanoseconds since 1970 of an unsigned count of cycles, or {@link Long#MIN_VALUE} if it does not fit 64 bits. */
    long nanos(long cycles) {
        if (plain && cycles >= 0) {
            long sum = smallBase + cycles;
            return smallBase > 0 && sum < 0 ? Long.MIN_VALUE : sum;
        }
        if (cycles >= 0 && frequency > 0 && frequency <= BILLION * 9 && base.bitLength() < 64) {
            long seconds = cycles / frequency;
            long rest = cycles % frequency * BILLION / frequency;
            long high = Math.multiplyHigh(seconds, BILLION);
            long sum = seconds * BILLION + rest + smallBase;
            boolean fits = high == 0 && seconds * BILLION >= 0 && seconds < 4_000_000_000L;
            if (fits && Math.abs(smallBase) < 4_000_000_000L * BILLION) {
                return sum;
            }
        }
        BigInteger exact = unsigned(cycles)
                .multiply(BigInteger.valueOf(BILLION))
                .divide(unsigned(frequency))
                .add(base);
        return exact.bitLength() < 64 ? exact.longValue() : Long.MIN_VALUE;
    }

    /**
     * The clock after a field of {@code size} bits showed {@code value}: the field holds the clock's low bits, and a lower
     * value than before means that they wrapped once (section 8, "update").
     */
    static long update(long clock, long value, int size) {
        if (size >= 64) {
            return value;
        }
        long mask = (1L << size) - 1;
        long high = clock & ~mask;
        return (value & mask) < (clock & mask) ? high + mask + 1 + (value & mask) : high | value & mask;
    }
}
