package io.dettrace.formats.sigrok;

/** Words as people read them in data sheets: hexadecimal, upper case, with all digits of their size. */
final class Hex {
    private static final String DIGITS = "0123456789ABCDEF";

    private Hex() {}

    static String of(long value, int bits) {
        StringBuilder text = new StringBuilder(bits / 4 + 1);
        append(text, value, bits);
        return text.toString();
    }

    static void append(StringBuilder text, long value, int bits) {
        for (int shift = (bits - 1) / 4 * 4; shift >= 0; shift -= 4) {
            text.append(DIGITS.charAt((int) (value >>> shift & 15)));
        }
    }
}
