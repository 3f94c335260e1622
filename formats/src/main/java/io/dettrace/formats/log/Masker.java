package io.dettrace.formats.log;

import io.dettrace.normalize.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

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

    private static final int MAX_QUOTED = 4096;
    private static final int MAX_NAME = 30;
    private static final int ID_DIGITS = 10;
    private static final int LONG_NUMBER = 15;
    private static final int EPHEMERAL_PORT = 32_768;
    private static final byte[] HOLE_BYTES = HOLE.getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> NAMED = Set.of("user", "username", "login", "account", "hostname", "ruser");
    private static final Set<String> NO_NAMES = Set.of(
            "is",
            "was",
            "has",
            "not",
            "in",
            "from",
            "logged",
            "with",
            "for",
            "and",
            "or",
            "to",
            "by",
            "on",
            "at",
            "unknown",
            "name",
            "does",
            "did",
            "can",
            "cannot",
            "the",
            "a",
            "an",
            "of",
            "id",
            "key",
            "added",
            "removed",
            "created",
            "deleted",
            "request",
            "session",
            "data",
            "connected",
            "disconnected",
            "authenticated",
            "authentication");
    private static final Set<String> UNITS = Set.of(
            "ns",
            "us",
            "\u00b5s",
            "ms",
            "msec",
            "msecs",
            "millis",
            "milliseconds",
            "millisecond",
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "min",
            "mins",
            "minute",
            "minutes",
            "hour",
            "hours",
            "micros",
            "microseconds",
            "nanos",
            "nanoseconds");

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
    private int wordFrom;
    private int wordTo;

    /** Takes the message in {@code bytes[start, stop)} apart. */
    void mask(byte[] bytes, int start, int stop) {
        b = bytes;
        to = stop;
        size = 0;
        count = 0;
        wordFrom = -1;
        int i = start;
        while (i < to) {
            i = step(i, start);
        }
        while (size > 0 && out[size - 1] == ' ') {
            size--;
        }
    }

    /** What a value by itself is. */
    Sort sortOf(byte[] bytes, int start, int stop) {
        b = bytes;
        to = stop;
        if (time.at(bytes, start, stop) && time.end() == stop && isTime(start, stop)) {
            return Sort.TIME;
        }
        Sort sort = sort(start, stop);
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
        boolean opens = i == start || !isWord(b[i - 1]);
        if ((c == '"' || c == '\'' || c == '`') && opens) {
            int close = quoteEnd(i);
            if (close > 0 && count < MAX_PARAMETERS) {
                put(c);
                hole(i + 1, close, Sort.VALUE, name());
                put(c);
                return close + 1;
            }
        }
        if (!isChunk(c)) {
            put(c);
            if (c != '(' && c != '[' && c != '#' && c != '=') {
                wordFrom = -1;
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
            } else if (b[q] == quote && (q + 1 == to || !isWord(b[q + 1]))) {
                return q;
            }
        }
        return -1;
    }

    private static boolean isWord(int c) {
        return isLetter(c) || isDigit(c) || c == '_' || c < 0;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isChunk(int c) {
        return " \t\"`()[]{}<>,;=|".indexOf(c) < 0;
    }

    private int chunk(int i) {
        if ((isDigit(b[i]) || b[i] >= 'A' && b[i] <= 'Z') && time.at(b, i, to) && isTime(i, time.end())) {
            hole(i, time.end(), Sort.TIME, name());
            return time.end();
        }
        int stop = i;
        while (stop < to && isChunk(b[stop])) {
            stop++;
        }
        int k = stop;
        while (k > i + 1 && ".:!?-'".indexOf(b[k - 1]) >= 0) {
            k--;
        }
        boolean assigned = k == stop && stop + 1 < to && b[stop] == '=' && isKey(i, k);
        if (assigned && isChunk(b[stop + 1]) || assigned && isQuote(b[stop + 1])) {
            return assignment(i, stop);
        }
        int colon = i;
        while (colon < k && isLetter(b[colon])) {
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
            word(i, colon);
            parameter(colon + 1, k, name(), true);
        } else {
            parameter(i, k, null, false);
        }
        literal(k, stop);
        return stop;
    }

    private static boolean isQuote(int c) {
        return c == '"' || c == '\'';
    }

    private boolean isTime(int i, int stop) {
        boolean bare = true;
        for (int q = i; q < stop; q++) {
            bare &= isDigit(b[q]);
        }
        boolean ends = stop == to
                || !isWord(b[stop]) && b[stop] != '.' && b[stop] != '-'
                || stop + 1 == to
                || b[stop + 1] == ' ';
        return ends && !(bare && stop - i < 13) && !(time.hasDate() && !bare && stop - i < 12);
    }

    private boolean isKey(int i, int k) {
        if (k - i > MAX_NAME + 10 || !isLetter(b[i]) && b[i] != '_') {
            return false;
        }
        for (int q = i; q < k; q++) {
            if (!isWord(b[q]) && b[q] != '.' && b[q] != '-' && b[q] != '@' && b[q] != '/') {
                return false;
            }
        }
        return true;
    }

    private int assignment(int i, int equals) {
        literal(i, equals + 1);
        word(i, equals);
        int start = equals + 1;
        if (isQuote(b[start])) {
            int close = quoteEnd(start);
            if (close > 0) {
                put(b[start]);
                hole(start + 1, close, Sort.VALUE, name());
                put(b[start]);
                return close + 1;
            }
            put(b[start]);
            return start + 1;
        }
        if (time.at(b, start, to) && isTime(start, time.end())) {
            hole(start, time.end(), Sort.TIME, name());
            return time.end();
        }
        int stop = start;
        while (stop < to && isChunk(b[stop])) {
            stop++;
        }
        int k = stop;
        while (k > start + 1 && ".:!?".indexOf(b[k - 1]) >= 0) {
            k--;
        }
        parameter(start, k, name(), true);
        literal(k, stop);
        return stop;
    }

    private void literal(int i, int stop) {
        for (int q = i; q < stop; q++) {
            put(b[q]);
        }
    }

    /** Remembers a word, after which a parameter may be named. */
    private void word(int i, int stop) {
        wordFrom = i;
        wordTo = stop;
    }

    /** Takes {@code b[i, k)} as a parameter if it looks like one, or anyhow. */
    private void parameter(int i, int k, String given, boolean anyhow) {
        int start = i;
        Sort sort = sort(i, k);
        if (sort == null && !anyhow) {
            String before = lastWord();
            if (before == null
                    || !NAMED.contains(before)
                    || NO_NAMES.contains(text(i, k).toLowerCase(Locale.ROOT))) {
                literal(i, k);
                word(i, k);
                return;
            }
        }
        String name = given != null ? given : name();
        if (b[start] == '/' && isAddress(start + 1, k) > 0) {
            put('/');
            start++;
        }
        int port = isAddress(start, k);
        if (port > 0 && port < k) {
            hole(start, port, Sort.VALUE, name);
            put(':');
            boolean ephemeral = k - port > 6 || number(port + 1, k) >= EPHEMERAL_PORT;
            hole(port + 1, k, ephemeral ? Sort.ID : Sort.VALUE, name == null ? "port" : name + "_port");
            return;
        }
        hole(start, k, sort == null ? Sort.VALUE : sort, name);
    }

    private int number(int i, int k) {
        int value = 0;
        for (int q = i; q < k; q++) {
            value = value * 10 + b[q] - '0';
        }
        return value;
    }

    /** Where an address of IPv4 ends that {@code b[i, k)} is, alone or with a port; 0 if it is none. */
    private int isAddress(int i, int k) {
        int dots = 0;
        int digits = 0;
        int q = i;
        for (; q < k && (isDigit(b[q]) || b[q] == '.'); q++) {
            dots += b[q] == '.' ? 1 : 0;
            digits = b[q] == '.' ? 0 : digits + 1;
            if (digits > 3) {
                return 0;
            }
        }
        if (dots != 3 || digits == 0 || b[i] == '.') {
            return 0;
        }
        if (q == k) {
            return k;
        }
        int port = q;
        for (q++; q < k; q++) {
            if (!isDigit(b[q])) {
                return 0;
            }
        }
        return b[port] == ':' && k > port + 1 ? port : 0;
    }

    /** What {@code b[i, k)} is as a parameter, or null if it looks like a word. */
    private Sort sort(int i, int k) {
        int digits = 0;
        int run = 0;
        int longest = 0;
        int hex = 0;
        boolean slash = false;
        int mark = -1;
        for (int q = i; q < k; q++) {
            int c = b[q];
            boolean digit = isDigit(c);
            digits += digit ? 1 : 0;
            run = digit ? run + 1 : 0;
            longest = Math.max(longest, run);
            hex += isHex(c) ? 1 : 0;
            slash |= c == '/' || c == '\\';
            mark = c == '@' ? q : mark;
        }
        int n = k - i;
        if (digits > 0) {
            return withDigits(i, k, n, digits, longest, hex, mark);
        }
        boolean path = slash
                && n > 1
                && (b[i] == '/' || b[i] == '~' || b[i] == '.' || contains(i, k, "://") || contains(i, k, ":\\"));
        boolean mail = mark > i && mark < k - 1 && isLetter(b[mark - 1]) && isLetter(b[mark + 1]);
        return path || mail ? Sort.VALUE : null;
    }

    private Sort withDigits(int i, int k, int n, int digits, int longest, int hex, int mark) {
        int sign = b[i] == '-' || b[i] == '+' ? 1 : 0;
        if (digits == n - sign) {
            boolean epoch = (n == 13 || n == 16 || n == 19) && time.at(b, i, k) && time.end() == k;
            return epoch ? Sort.TIME : digits >= LONG_NUMBER ? Sort.ID : isUnit(k) ? Sort.DURATION : Sort.VALUE;
        }
        if (n > 2 && b[i] == '0' && b[i + 1] == 'x' && hex == n - 1) {
            return n >= 10 ? Sort.ID : Sort.VALUE;
        }
        if (isUuid(i, k, n) || hex == n && n >= 12 && digits < n) {
            return Sort.ID;
        }
        if (isDuration(i + sign, k)) {
            return Sort.DURATION;
        }
        boolean hash = mark > i && k - mark > 4 && allHex(mark + 1, k);
        return longest >= ID_DIGITS || hash ? Sort.ID : Sort.VALUE;
    }

    private boolean allHex(int i, int k) {
        for (int q = i; q < k; q++) {
            if (!isHex(b[q])) {
                return false;
            }
        }
        return true;
    }

    private boolean isUuid(int i, int k, int n) {
        if (n != 36) {
            return false;
        }
        for (int q = 0; q < n; q++) {
            boolean dash = q == 8 || q == 13 || q == 18 || q == 23;
            if (dash ? b[i + q] != '-' : !isHex(b[i + q])) {
                return false;
            }
        }
        return k > i;
    }

    /** {@code 35ms}, {@code 1.5s}, {@code 1m2.5s}; one number may be a decimal if a unit of time stands behind it. */
    private boolean isDuration(int i, int k) {
        int q = i;
        boolean some = false;
        while (q < k) {
            int number = q;
            while (q < k && (isDigit(b[q]) || b[q] == '.')) {
                q++;
            }
            if (q == number) {
                return false;
            }
            int unit = q;
            while (q < k && (isLetter(b[q]) || b[q] < 0)) {
                q++;
            }
            if (unit == q) {
                return !some && isUnit(k);
            }
            String name = text(unit, q);
            boolean is = some || q < k
                    ? Set.of("h", "m", "s", "ms", "us", "\u00b5s", "ns", "d").contains(name)
                    : UNITS.contains(name);
            if (!is) {
                return false;
            }
            some = true;
        }
        return some;
    }

    /** True if the word behind is a unit of time. */
    private boolean isUnit(int k) {
        int i = k;
        while (i < to && b[i] == ' ') {
            i++;
        }
        int q = i;
        while (q < to && isLetter(b[q])) {
            q++;
        }
        return q > i
                && i > k
                && q - i < 13
                && UNITS.contains(text(i, q))
                && !text(i, q).equals("s");
    }

    private boolean contains(int i, int k, String word) {
        for (int q = i; q + word.length() <= k; q++) {
            int n = 0;
            while (n < word.length() && b[q + n] == word.charAt(n)) {
                n++;
            }
            if (n == word.length()) {
                return true;
            }
        }
        return false;
    }

    private String text(int i, int k) {
        return new String(b, i, k - i, StandardCharsets.UTF_8);
    }

    private String lastWord() {
        return wordFrom < 0 || wordTo - wordFrom > MAX_NAME
                ? null
                : text(wordFrom, wordTo).toLowerCase(Locale.ROOT);
    }

    /** A name for a parameter from the word before it, or null. */
    private String name() {
        if (wordFrom < 0) {
            return null;
        }
        int i = wordFrom;
        int k = wordTo;
        while (i < k && !isLetter(b[i])) {
            i++;
        }
        while (k > i && !isLetter(b[k - 1])) {
            k--;
        }
        if (k - i < 2 || k - i > MAX_NAME) {
            return null;
        }
        StringBuilder name = new StringBuilder(k - i);
        for (int q = i; q < k; q++) {
            int c = b[q];
            if (!isLetter(c) && !isDigit(c) && c != '_' && c != '-') {
                return null;
            }
            name.append(c == '-' ? '_' : (char) c);
        }
        return name.toString();
    }

    private void hole(int i, int stop, Sort sort, String name) {
        if (count == MAX_PARAMETERS) {
            literal(i, stop);
            return;
        }
        wordFrom = -1;
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
