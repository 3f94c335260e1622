package io.dettrace.formats.record;

import io.dettrace.event.Field;
import io.dettrace.formats.json.CanonicalValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One event as a {@link RecordReader} found it: typed fields in order, and its place in the source. The reader fills the
 * same object again and again; values lie one behind the other in one array, so that an event costs no objects.
 *
 * <p>A path may stand once in an event. A reader asks for the {@linkplain #path number of a path} once, beforehand. Not
 * thread-safe.
 */
public final class EventRecord {
    /** Fields that an event may have; a reader that meets more leaves the rest out with a note. */
    public static final int MAX_FIELDS = 4_096;

    /** Bytes that the values of one event may take together. */
    public static final int MAX_BYTES = 64 << 20;

    /** Digits of a whole number of 64 bits. */
    private static final int MAX_DIGITS = 19;

    private static final Field.Type[] TYPES = Field.Type.values();

    private final Map<String, Integer> numbers = new HashMap<>();
    private CanonicalValue composites;
    private final List<String> paths = new ArrayList<>();

    private byte[] bytes = new byte[1024];
    private int used;
    private int[] path = new int[16];
    private byte[] type = new byte[16];
    private int[] end = new int[16];
    private long[] digest = new long[16];
    private int size;

    private int file;
    private long line;
    private long offset;
    private int length;

    // ---- writing ---------------------------------------------------------------------------------------------------

    /** The number of a dotted path, such as {@code args.prev_comm}; stays the same for this object. */
    public int path(String dotted) {
        Integer known = numbers.get(dotted);
        if (known != null) {
            return known;
        }
        paths.add(dotted);
        numbers.put(dotted, paths.size() - 1);
        return paths.size() - 1;
    }

    /** Empties the event for the next one. */
    public void clear() {
        used = 0;
        size = 0;
    }

    /**
     * Says where the event stands. No two events of a file may stand at the same (line, offset, length).
     *
     * @param file number of the file in the input, from 0
     * @param line line from 1, or the event's number from 1 where the format has no lines
     * @param offset byte offset in the decompressed file, from 0
     * @param length bytes that make up the event, at least 0
     */
    public void at(int file, long line, long offset, int length) {
        this.file = file;
        this.line = line;
        this.offset = offset;
        this.length = length;
    }

    /** Adds a string. */
    public void text(int path, CharSequence value) {
        ascii(path, Field.Type.STRING, value);
    }

    /** Adds a string. */
    public void text(String path, CharSequence value) {
        text(path(path), value);
    }

    /** Adds a string that is UTF-8 already. */
    public void text(int path, byte[] utf8, int from, int count) {
        value(path, Field.Type.STRING, utf8, from, count);
    }

    /**
     * Adds a string that is UTF-8 already and comes again and again.
     *
     * @param digest its {@link io.dettrace.normalize.ValueDigest}
     */
    public void text(int path, byte[] utf8, int from, int count, long digest) {
        value(path, Field.Type.STRING, utf8, from, count);
        this.digest[size - 1] = digest;
    }

    /** Adds a whole number. */
    public void number(int path, long value) {
        if (value == Long.MIN_VALUE) {
            ascii(path, Field.Type.NUMBER, "-9223372036854775808");
            return;
        }
        room(20);
        long left = Math.abs(value);
        if (value < 0) {
            bytes[used++] = '-';
        }
        used += digits(left);
        int at = used;
        while (left >= 100) {
            long rest = left / 100;
            int pair = (int) (left - rest * 100);
            bytes[--at] = (byte) ('0' + pair % 10);
            bytes[--at] = (byte) ('0' + pair / 10);
            left = rest;
        }
        bytes[--at] = (byte) ('0' + left % 10);
        if (left >= 10) {
            bytes[--at] = (byte) ('0' + left / 10);
        }
        close(path, Field.Type.NUMBER);
    }

    /**
     * Adds a whole number by its digits, where it comes again and again.
     *
     * @param digest its {@link io.dettrace.normalize.ValueDigest}
     */
    public void number(int path, byte[] ascii, int from, int count, long digest) {
        value(path, Field.Type.NUMBER, ascii, from, count);
        this.digest[size - 1] = digest;
    }

    /** Adds a whole number. */
    public void number(String path, long value) {
        number(path(path), value);
    }

    private static int digits(long positive) {
        long power = 10;
        for (int n = 1; n < MAX_DIGITS; n++) {
            if (positive < power) {
                return n;
            }
            power *= 10;
        }
        return MAX_DIGITS;
    }

    /** Adds a floating-point number; what JSON has no number for (NaN, infinities) becomes a string of its name. */
    public void number(int path, double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15 && !(value == 0 && 1 / value < 0);
        if (whole) {
            number(path, (long) value);
        } else {
            ascii(path, Double.isFinite(value) ? Field.Type.NUMBER : Field.Type.STRING, Double.toString(value));
        }
    }

    /** Adds a number by its JSON text, which is kept as it is: for numbers beyond 64 bits, and for exact decimals. */
    public void decimal(int path, CharSequence json) {
        ascii(path, Field.Type.NUMBER, json);
    }

    /** Adds a truth value. */
    public void flag(int path, boolean value) {
        ascii(path, Field.Type.BOOLEAN, value ? "true" : "false");
    }

    /** Adds a null. */
    public void nothing(int path) {
        ascii(path, Field.Type.NULL, "null");
    }

    /** Adds an array or an object by its JSON text, which is taken as one value, however it is spelt. */
    public void json(int path, CharSequence text) {
        composites = composites == null ? new CanonicalValue() : composites;
        ascii(path, Field.Type.COMPOSITE, composites.of(text));
    }

    /** Copies a field of another event. */
    public void copy(EventRecord from, int field) {
        copy(from, field, path(from.pathOf(field)));
    }

    /** Copies a field of another event, whose path has the number {@code path} here. */
    public void copy(EventRecord from, int field, int path) {
        int start = from.start(field);
        value(path, from.type(field), from.bytes, start, from.end[field] - start);
    }

    /** Adds a value of any type by its text in UTF-8. */
    public void value(int path, Field.Type as, byte[] utf8, int from, int count) {
        room(count);
        System.arraycopy(utf8, from, bytes, used, count);
        used += count;
        close(path, as);
    }

    private void ascii(int path, Field.Type as, CharSequence value) {
        int n = value.length();
        room(n);
        for (int i = 0; i < n; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
                room(utf8.length);
                System.arraycopy(utf8, 0, bytes, used, utf8.length);
                used += utf8.length;
                close(path, as);
                return;
            }
            bytes[used + i] = (byte) c;
        }
        used += n;
        close(path, as);
    }

    private void room(int more) {
        if ((long) used + more > MAX_BYTES) {
            throw new TooLarge();
        }
        if (used + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + more, bytes.length * 2));
        }
    }

    private void close(int number, Field.Type as) {
        if (size == path.length) {
            path = Arrays.copyOf(path, size * 2);
            type = Arrays.copyOf(type, size * 2);
            end = Arrays.copyOf(end, size * 2);
            digest = Arrays.copyOf(digest, size * 2);
        }
        path[size] = number;
        type[size] = (byte) as.ordinal();
        digest[size] = 0;
        end[size++] = used;
    }

    /** An event whose values take more than {@value #MAX_BYTES} bytes; its place is added by who reads the file. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("an event's values take more than " + MAX_BYTES + " bytes");
        }
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /** Number of fields. */
    public int size() {
        return size;
    }

    /** Number of the path of field {@code i}. */
    public int path(int i) {
        return path[i];
    }

    /** The path of field {@code i}. */
    public String pathOf(int i) {
        return paths.get(path[i]);
    }

    /** How many paths have a number. */
    int pathCount() {
        return paths.size();
    }

    /** The path by its number. */
    String pathNumbered(int number) {
        return paths.get(number);
    }

    /** Type of field {@code i}. */
    public Field.Type type(int i) {
        return TYPES[type[i]];
    }

    /** Where the value of field {@code i} begins in {@link #bytes}. */
    public int start(int i) {
        return i == 0 ? 0 : end[i - 1];
    }

    /** Where the value of field {@code i} ends. */
    public int end(int i) {
        return end[i];
    }

    /** The digest of field {@code i} if who filled it knew it, else 0. */
    long digest(int i) {
        return digest[i];
    }

    /** The values, one behind the other. */
    byte[] bytes() {
        return bytes;
    }

    /** The value of field {@code i} as text. */
    public String value(int i) {
        return new String(bytes, start(i), end[i] - start(i), StandardCharsets.UTF_8);
    }

    /** The value of the field with this path as text, or null if there is none. */
    public String value(String dotted) {
        for (int i = 0; i < size; i++) {
            if (pathOf(i).equals(dotted)) {
                return value(i);
            }
        }
        return null;
    }

    /** The fields. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            fields.add(new Field(pathOf(i), type(i), value(i)));
        }
        return fields;
    }

    /** Number of the file in the input. */
    public int file() {
        return file;
    }

    /** Line, or number of the event where there are no lines. */
    public long line() {
        return line;
    }

    /** Byte offset. */
    public long offset() {
        return offset;
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }
}
