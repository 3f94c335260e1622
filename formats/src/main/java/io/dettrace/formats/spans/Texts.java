package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.normalize.ValueDigest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts and attributes that were read before, by their bytes. A window of traces says the same few names and most values
 * again and again; looking them up costs less than making them anew, and equal ones share one object. A place holds the last
 * that fell on it, so memory is fixed.
 */
final class Texts {
    /** Longer ones are seldom said again. */
    static final int MAX_LENGTH = 96;

    private static final int SLOTS = 1 << 13;

    private final Entry<String>[] texts = slots();
    private final Entry<Field>[] fields = slots();

    private record Entry<T>(byte[] bytes, T value) {
        boolean is(byte[] in, int from, int to) {
            return Arrays.equals(bytes, 0, bytes.length, in, from, to);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Entry<T>[] slots() {
        return (Entry<T>[]) new Entry<?>[SLOTS];
    }

    private static int slot(byte[] bytes, int from, int length) {
        return (int) ValueDigest.of(bytes, from, length) & SLOTS - 1;
    }

    /** The text of these bytes; what is no UTF-8 becomes U+FFFD. */
    String text(byte[] bytes, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length > MAX_LENGTH) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        int slot = slot(bytes, from, length);
        Entry<String> known = texts[slot];
        if (known != null && known.is(bytes, from, from + length)) {
            return known.value;
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        texts[slot] = new Entry<>(Arrays.copyOfRange(bytes, from, from + length), text);
        return text;
    }

    /** The attribute of these bytes, or null if it is not known. */
    Field field(byte[] bytes, int from, int length) {
        if (length > MAX_LENGTH) {
            return null;
        }
        Entry<Field> known = fields[slot(bytes, from, length)];
        return known != null && known.is(bytes, from, from + length) ? known.value : null;
    }

    /** Keeps an attribute for {@link #field}. */
    void keep(byte[] bytes, int from, int length, Field field) {
        if (length <= MAX_LENGTH) {
            fields[slot(bytes, from, length)] = new Entry<>(Arrays.copyOfRange(bytes, from, from + length), field);
        }
    }
}
