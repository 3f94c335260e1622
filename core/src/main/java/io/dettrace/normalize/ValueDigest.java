package io.dettrace.normalize;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Digests (64 bit) of field values by their canonical text: XXH3, and for the many texts of up to 16 bytes two mixed words,
 * which costs a third. Numbers that are equal as numbers have equal digests,
 * whatever their spelling ({@code 1}, {@code 1.0}, {@code 10e-1}) and however large.
 */
public final class ValueDigest {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Digits of an exponent that are still read as a number; beyond, only equal spellings are equal. */
    private static final int MAX_EXPONENT_DIGITS = 1_000;

    /** Places behind the point up to which a decimal fraction is easier to read than a power of ten. */
    private static final int MAX_PLACES = 20;

    /** Characters of a number whose one spelling is made without texts. */
    private static final int MAX_DECIMAL = 32;

    private ValueDigest() {}

    /** Digest of a string's UTF-8 bytes, of a literal or of any text that is its own canonical form. */
    public static long of(byte[] bytes, int offset, int length) {
        if (length > 16) {
            return XXH3.hashBytesToLong(bytes, offset, length);
        }
        if (length >= 8) {
            long head = (long) LONGS.get(bytes, offset);
            return mix(mix(length, head), (long) LONGS.get(bytes, offset + length - 8));
        }
        return mix(length, upToSeven(bytes, offset, length));
    }

    /** The bytes as one word; overlapping reads cover every byte, and the length tells texts of different lengths apart. */
    private static long upToSeven(byte[] bytes, int offset, int length) {
        if (length >= 4) {
            long head = (int) INTS.get(bytes, offset) & 0xFFFF_FFFFL;
            long tail = (int) INTS.get(bytes, offset + length - 4) & 0xFFFF_FFFFL;
            return head << 32 | tail;
        }
        if (length == 0) {
            return 0;
        }
        int middle = bytes[offset + (length >> 1)] & 0xFF;
        return (bytes[offset] & 0xFF) << 16 | middle << 8 | bytes[offset + length - 1] & 0xFF;
    }

    /** Digest of a JSON number given by its text. */
    public static long ofNumber(byte[] bytes, int offset, int length) {
        boolean plain =
                length > 0 && length <= 19 && !(bytes[offset] == '-' && length == 2 && bytes[offset + 1] == '0');
        for (int i = offset; plain && i < offset + length; i++) {
            byte b = bytes[i];
            plain = b != '.' && b != 'e' && b != 'E';
        }
        if (plain) {
            return of(bytes, offset, length);
        }
        if (length > 0 && length <= MAX_DECIMAL) {
            byte[] canonical = new byte[2 * MAX_DECIMAL];
            int n = canonicalDecimal(bytes, offset, length, canonical);
            if (n > 0) {
                return of(canonical, 0, n);
            }
        }
        byte[] canonical = canonicalNumber(new String(bytes, offset, length, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
        return of(canonical, 0, canonical.length);
    }

    /**
     * Writes what {@link #canonicalNumber} gives for a number without an exponent.
     *
     * @return its length, or 0 if the number has an exponent
     */
    private static int canonicalDecimal(byte[] bytes, int offset, int length, byte[] out) {
        int end = offset + length;
        int i = offset;
        int n = 0;
        if (bytes[i] == '-') {
            out[n++] = '-';
            i++;
        }
        int first = n;
        int power = 0;
        boolean fraction = false;
        int significant = n;
        for (; i < end; i++) {
            byte b = bytes[i];
            if (b == '.') {
                fraction = true;
            } else if (b < '0' || b > '9') {
                return 0;
            } else {
                power -= fraction ? 1 : 0;
                if (b != '0' || n > first) {
                    out[n++] = b;
                    significant = b == '0' ? significant : n;
                }
            }
        }
        if (significant == first) {
            out[0] = '0';
            return 1;
        }
        power += n - significant;
        n = significant;
        if (power >= 0 && n - first + power <= 19) {
            while (power-- > 0) {
                out[n++] = '0';
            }
            return n;
        }
        out[n++] = 'e';
        byte[] exponent = Integer.toString(power).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(exponent, 0, out, n, exponent.length);
        return n + exponent.length;
    }

    /**
     * The one spelling of a JSON number: plain digits if it is an integer of at most 19 digits, else its significant digits
     * and a power of ten. Works on the text alone, so no number is too large, and in linear time.
     */
    public static String canonicalNumber(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = e < 0 ? text : text.substring(0, e);
        boolean negative = mantissa.startsWith("-");
        int dot = mantissa.indexOf('.');
        String whole = mantissa.substring(negative ? 1 : 0, dot < 0 ? mantissa.length() : dot);
        String digits = dot < 0 ? whole : whole + mantissa.substring(dot + 1);
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        int last = digits.length();
        while (last > first && digits.charAt(last - 1) == '0') {
            last--;
        }
        if (first == last) {
            return "0";
        }
        BigInteger power = BigInteger.valueOf(whole.length() - last);
        if (e >= 0) {
            String exponent = text.substring(e + 1);
            if (exponent.length() > MAX_EXPONENT_DIGITS) {
                return text;
            }
            power = power.add(new BigInteger(exponent.startsWith("+") ? exponent.substring(1) : exponent));
        }
        String significant = (negative ? "-" : "") + digits.substring(first, last);
        boolean plain = power.signum() >= 0 && power.bitLength() < 31 && last - first + power.intValue() <= 19;
        return plain ? significant + "0".repeat(power.intValue()) : significant + "e" + power;
    }

    /**
     * The one spelling of a JSON number inside an array or object, which people read: {@link #canonicalNumber}, but a
     * decimal fraction as such, 3.14 instead of 314e-2, if it has at most {@value #MAX_PLACES} places.
     */
    public static String readableNumber(String text) {
        String canonical = canonicalNumber(text);
        int e = canonical.indexOf("e-");
        if (e < 0 || canonical.length() - e > 4 || Integer.parseInt(canonical.substring(e + 2)) > MAX_PLACES) {
            return canonical;
        }
        int places = Integer.parseInt(canonical.substring(e + 2));
        int first = canonical.charAt(0) == '-' ? 1 : 0;
        String digits = "0".repeat(Math.max(0, places + 1 - (e - first))) + canonical.substring(first, e);
        int point = digits.length() - places;
        return canonical.substring(0, first) + digits.substring(0, point) + "." + digits.substring(point);
    }

    /** Mixes a value into a field's or lane's seed; the finaliser of SplitMix64 (Steele et al., OOPSLA 2014). */
    static long mix(long seed, long value) {
        long z = seed * 0x9E3779B97F4A7C15L + value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
