package io.dettrace.formats.log;

import io.dettrace.normalize.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parts a message into its text and its parameters. A parameter is what by its own shape or by the word before it is no fixed
 * text: numbers, quoted strings, paths, addresses, identifiers, times, durations, values behind {@code =}. In the text it is
 * {@value #HOLE}.
 *
 * <p>The result depends on the message only. It has to: if a message shall have the same text in every run it is in, the text
 * cannot depend on what else a run holds. Words that vary between messages stay in the text, and a difference in them is a
 * difference all the same. Not thread-safe.
 */
final class Masker {
    /** What stands in a text where a parameter was. */
    static final String HOLE = "<*>";

    /** Parameters of one message; what follows stays in the text. */
    static final int MAX_PARAMETERS = 128;

    private static final ByteSet BETWEEN = new ByteSet(" \t\"`()[]{}<>,;=|");
    private static final ByteSet BEHIND = new ByteSet(".:!?-'");
    private static final ByteSet BEHIND_VALUE = new ByteSet(".:!?");
    private static final int MAX_QUOTED = 4096;
    private static final int MAX_KEY = 40;
    private static final byte[] HOLE_BYTES = HOLE.getBytes(StandardCharsets.US_ASCII);
    /** What a parameter is, which says how it is compared. */
    enum Sort {
        /** A value of the program. */
        VALUE,
        /** What was made up to name something: UUIDs, long numbers, pointers, ports for one connection. */
        ID,
        DURATION,
        TIME
    }

    private final TimeText time = new TimeText();
    private final ValueShape shape = new ValueShape(time);
    private final WordBefore before = new WordBefore();
    private byte[] b;
    private int to;
    private byte[] out = new byte[1024];
    private int size;
    private final int[] from = new int[MAX_PARAMETERS];
    private final int[] end = new int[MAX_PARAMETERS];
    private final Sort[] sorts = new Sort[MAX_PARAMETERS];
    private final String[] names = new String[MAX_PARAMETERS];
    private int count;
    private int lastHole;

    /** Takes the message in {@code bytes[start, stop)} apart. */
    void mask(byte[] bytes, int start, int stop) {
        b = bytes;
        to = stop;
        size = 0;
        count = 0;
        shape.of(bytes, stop);
        before.of(bytes);
        int i = start;
        while (i < to) {
            i = step(i, start);
        }
        while (size > 0 && out[size - 1] == ' ') {
            size--;
        }
    }

    /** What the value of a key by itself is. */
    Sort sortOf(byte[] bytes, int start, int stop, String name) {
        b = bytes;
        to = stop;
        shape.of(bytes, stop);
        if (time.at(bytes, start, stop) && time.end() == stop && shape.isTime(start, stop)) {
            return Sort.TIME;
        }
        Sort sort = shape.sort(start, stop, name);
        return sort == null ? Sort.VALUE : sort;
    }

    private int step(int i, int start) {
        int c = b[i];
        if (c == ' ' || c == '\t') {
            if (size > 0 && out[size - 1] != ' ') {
                put(' ');
            }
            return i + 1;
        }
        boolean opens = i == start || !Ascii.isWord(b[i - 1]);
        if ((c == '"' || c == '\'' || c == '`') && opens) {
            int close = quoteEnd(i);
            if (close > 0 && count < MAX_PARAMETERS) {
                put(c);
                hole(i + 1, close, Sort.VALUE, before.name());
                put(c);
                return close + 1;
            }
        }
        if (!isChunk(c)) {
            put(c);
            if (c != '(' && c != '[' && c != '#' && c != '=') {
                before.forget();
            }
            return i + 1;
        }
        return chunk(i);
    }

    private int quoteEnd(int open) {
        int quote = b[open];
        for (int q = open + 1; q < to && q - open < MAX_QUOTED; q++) {
            if (b[q] == '\\') {
                q++;
            } else if (b[q] == quote && (q + 1 == to || !Ascii.isWord(b[q + 1]))) {
                return q;
            }
        }
        return -1;
    }

    private static boolean isChunk(int c) {
        return !BETWEEN.has(c);
    }

    private int chunk(int i) {
        if ((Ascii.isDigit(b[i]) || b[i] >= 'A' && b[i] <= 'Z') && time.at(b, i, to) && shape.isTime(i, time.end())) {
            hole(i, time.end(), Sort.TIME, before.name());
            return time.end();
        }
        int stop = i;
        while (stop < to && isChunk(b[stop])) {
            stop++;
        }
        int k = stop;
        while (k > i + 1 && BEHIND.has(b[k - 1])) {
            k--;
        }
        boolean assigned = k == stop && stop + 1 < to && b[stop] == '=' && isKey(i, k);
        if (assigned && isChunk(b[stop + 1]) || assigned && isQuote(b[stop + 1])) {
            return assignment(i, stop);
        }
        int colon = i;
        while (colon < k && Ascii.isLetter(b[colon])) {
            colon++;
        }
        boolean pair = colon > i + 1
                && colon + 1 < k
                && b[colon] == ':'
                && b[colon + 1] != ':'
                && b[colon + 1] != '/'
                && b[colon + 1] != '\\';
        if (pair) {
            literal(i, colon + 1);
            before.remember(i, colon);
            parameter(colon + 1, k, before.name(), true);
        } else {
            parameter(i, k, null, false);
        }
        literal(k, stop);
        return stop;
    }

    private static boolean isQuote(int c) {
        return c == '"' || c == '\'';
    }

    private boolean isKey(int i, int k) {
        if (k - i > MAX_KEY || !Ascii.isLetter(b[i]) && b[i] != '_') {
            return false;
        }
        for (int q = i; q < k; q++) {
            if (!Ascii.isWord(b[q]) && b[q] != '.' && b[q] != '-' && b[q] != '@' && b[q] != '/') {
                return false;
            }
        }
        return true;
    }

    private int assignment(int i, int equals) {
        literal(i, equals + 1);
        before.remember(i, equals);
        int start = equals + 1;
        if (isQuote(b[start])) {
            int close = quoteEnd(start);
            if (close > 0) {
                put(b[start]);
                hole(start + 1, close, Sort.VALUE, before.name());
                put(b[start]);
                return close + 1;
            }
            put(b[start]);
            return start + 1;
        }
        if (time.at(b, start, to) && shape.isTime(start, time.end())) {
            hole(start, time.end(), Sort.TIME, before.name());
            return time.end();
        }
        int stop = start;
        while (stop < to && isChunk(b[stop])) {
            stop++;
        }
        int k = stop;
        while (k > start + 1 && BEHIND_VALUE.has(b[k - 1])) {
            k--;
        }
        parameter(start, k, before.name(), true);
        literal(k, stop);
        return stop;
    }

    private void literal(int i, int stop) {
        for (int q = i; q < stop; q++) {
            put(b[q]);
        }
    }

    /** Takes {@code b[i, k)} as a parameter if it looks like one, or anyhow. */
    private void parameter(int i, int k, String given, boolean anyhow) {
        int start = i;
        String named = given != null ? given : before.name();
        Sort sort = shape.sort(i, k, named);
        if (sort == null && !anyhow) {
            if (!before.announces(i, k)) {
                literal(i, k);
                before.remember(i, k);
                return;
            }
        }
        String name = named;
        int marked = shape.timeBehindMark(i, k);
        int hostPort = marked > 0 ? 0 : shape.ephemeralPortOf(i, k);
        if (marked > 0 || hostPort > 0) {
            int stop = marked > 0 ? marked - 1 : hostPort;
            hole(i, stop, Sort.VALUE, name);
            put(b[stop]);
            hole(
                    stop + 1,
                    k,
                    marked > 0 ? Sort.TIME : Sort.ID,
                    name == null ? null : name + (marked > 0 ? "_time" : "_port"));
            return;
        }
        if (b[start] == '/' && shape.isAddress(start + 1, k) > 0) {
            put('/');
            start++;
        }
        int port = shape.isAddress(start, k);
        if (port > 0 && port < k) {
            hole(start, port, Sort.VALUE, name);
            put(':');
            boolean ephemeral = k - port > 6 || shape.isEphemeralPort(port + 1, k);
            hole(port + 1, k, ephemeral ? Sort.ID : Sort.VALUE, name == null ? "port" : name + "_port");
            return;
        }
        hole(start, k, sort == null ? Sort.VALUE : sort, name);
    }

    private void hole(int i, int stop, Sort sort, String name) {
        if (count == MAX_PARAMETERS) {
            literal(i, stop);
            return;
        }
        before.forget();
        if (name == null && count > 0 && sorts[count - 1] == sort && isList(end[count - 1], i)) {
            end[count - 1] = stop;
            size = lastHole + HOLE_BYTES.length;
            return;
        }
        from[count] = i;
        end[count] = stop;
        sorts[count] = sort;
        names[count++] = name;
        lastHole = size;
        for (byte h : HOLE_BYTES) {
            put(h);
        }
    }

    /** True if only a comma or blanks stand between: values in a row are one. */
    private boolean isList(int i, int stop) {
        for (int q = i; q < stop; q++) {
            if (b[q] != ' ' && b[q] != ',' && b[q] != '\t') {
                return false;
            }
        }
        return stop > i;
    }

    private void put(int c) {
        if (size == out.length) {
            out = Arrays.copyOf(out, size * 2);
        }
        out[size++] = (byte) c;
    }

    /** The text, in {@code [0, textLength())}. */
    byte[] text() {
        return out;
    }

    /** Length of the text in bytes. */
    int textLength() {
        return size;
    }

    /** Number of parameters. */
    int count() {
        return count;
    }

    /** Where parameter {@code i} begins in the message's bytes. */
    int from(int i) {
        return from[i];
    }

    /** Where parameter {@code i} ends. */
    int end(int i) {
        return end[i];
    }

    /** What parameter {@code i} is. */
    Sort sort(int i) {
        return sorts[i];
    }

    /** The name that the words before parameter {@code i} give it, or null. */
    String name(int i) {
        return names[i];
    }
}
