package io.dettrace.formats.temporal;

/**
 * A number by its JSON text, so that no digit of it is lost.
 *
 * @param text as in JSON
 */
record JsonNumber(String text) {
    private static final String MOST = Long.toString(Long.MAX_VALUE);

    /** True if it is a whole number that a {@code long} may hold. */
    boolean isLong() {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        int most = MOST.length();
        return digits > 0
                && digits <= most
                && text.chars().skip(text.length() - digits).allMatch(c -> c >= '0' && c <= '9')
                && (digits < most || text.substring(text.length() - most).compareTo(MOST) <= 0);
    }

    /** The value of a number that {@link #isLong}. */
    long asLong() {
        return Long.parseLong(text);
    }
}
