package io.dettrace.normalize;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Digests of field values: XXH3 (64 bit) of the canonical text. Numbers that are equal as numbers have equal digests,
 * whatever their spelling ({@code 1}, {@code 1.0}, {@code 10e-1}) and however large.
 */
public final class ValueDigest {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();

    private ValueDigest() {}

    /** Digest of a string's UTF-8 bytes, of a literal or of any text that is its own canonical form. */
    public static long of(byte[] bytes, int offset, int length) {
        return XXH3.hashBytesToLong(bytes, offset, length);
    }

    /** Digest of a JSON number given by its text. */
    public static long ofNumber(byte[] bytes, int offset, int length) {
        boolean plain = length > 0 && length <= 19 && !(bytes[offset] == '-' && length == 2 && bytes[offset + 1] == '0');
        for (int i = offset; plain && i < offset + length; i++) {
            byte b = bytes[i];
            plain = b != '.' && b != 'e' && b != 'E';
        }
        if (plain) {
            return of(bytes, offset, length);
        }
        byte[] canonical = canonicalNumber(new String(bytes, offset, length, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
        return of(canonical, 0, canonical.length);
    }

    /** The one spelling of a number: plain digits if it is an integer below 10^19, else digits and exponent. */
    public static String canonicalNumber(String text) {
        try {
            BigDecimal value = new BigDecimal(text).stripTrailingZeros();
            if (value.signum() == 0) {
                return "0";
            }
            boolean small = value.scale() <= 0 && value.precision() - (long) value.scale() <= 19;
            return small ? value.toPlainString() : value.unscaledValue() + "e" + -(long) value.scale();
        } catch (NumberFormatException | ArithmeticException beyondBigDecimal) {
            return text;
        }
    }

    /** Mixes a value into a field's or lane's seed; the finaliser of SplitMix64 (Steele et al., OOPSLA 2014). */
    static long mix(long seed, long value) {
        long z = seed * 0x9E3779B97F4A7C15L + value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
