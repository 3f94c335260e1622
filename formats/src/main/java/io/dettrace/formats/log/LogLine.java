package io.dettrace.formats.log;

import io.dettrace.normalize.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * One line of a log: what it is, and what its header says. Beside lines with a {@link Header} there are lines of {@code
 * key=value} pairs (logfmt) and the access logs of web servers. Not thread-safe.
 */
final class LogLine {
    /** Pairs of a line; what follows is taken as one value. */
    static final int MAX_PAIRS = 256;

    private static final Set<String> TIME_KEYS = Set.of("time", "ts", "t", "timestamp", "@timestamp", "at", "datetime");
    private static final Set<String> LEVEL_KEYS = Set.of("level", "lvl", "severity", "loglevel");
    private static final Set<String> TEXT_KEYS = Set.of("msg", "message");

    /** What a line is. */
    enum Kind {
        /** No header: text, or the continuation of the line before. */
        PLAIN,
        HEADER,
        PAIRS,
        ACCESS
    }

    private static final ByteSet KEY = new ByteSet("_.-@/");

    private final TimeText time = new TimeText();
    private final Header header = new Header();
    private final int[] keyFrom = new int[MAX_PAIRS];
    private final int[] keyTo = new int[MAX_PAIRS];
    private final int[] valueFrom = new int[MAX_PAIRS];
    private final int[] valueTo = new int[MAX_PAIRS];
    private byte[] b;
    private int end;
    private Kind kind;
    private boolean timed;
    private long nanos;
    private int pairs;
    private int levelPair;
    private int textPair;
    private int timePair;
    private int message;
    private int containerFrom;
    private int containerTo;
    private boolean headed;

    /** Finds out what {@code bytes[start, stop)} is. */
    Kind parse(byte[] bytes, int start, int stop) {
        b = bytes;
        end = stop;
        headed = false;
        int from = container(start);
        if (access(from)) {
            kind = Kind.ACCESS;
            timed = true;
        } else if (isPairs(from)) {
            kind = Kind.PAIRS;
        } else if (header.parse(bytes, from, stop)) {
            headed = true;
            message = header.message();
            boolean behind = message > from && isPairs(message);
            kind = behind ? Kind.PAIRS : Kind.HEADER;
            if (!behind || header.hasTime()) {
                timed = header.hasTime();
                nanos = header.nanos();
            }
        } else {
            kind = Kind.PLAIN;
            timed = false;
            message = from;
        }
        return kind;
    }

    /**
     * Where the line of a container begins behind its name, {@code web_1  | }, as docker compose writes it; else {@code start}.
     */
    private int container(int start) {
        containerFrom = start;
        containerTo = start;
        int q = start;
        boolean named = false;
        while (q < end && (isKey(b[q]) && b[q] != '@' && b[q] != '/')) {
            named |= b[q] > '9';
            q++;
        }
        int bar = q;
        while (bar < end && b[bar] == ' ') {
            bar++;
        }
        boolean is = named && bar > q && bar + 1 < end && b[bar] == '|' && b[bar + 1] == ' ';
        if (!is || header.isLevel(b, start, q)) {
            return start;
        }
        containerTo = q;
        return bar + 2;
    }

    /** True if a container's name stands before the line, in {@code [containerFrom, containerTo)}. */
    boolean hasContainer() {
        return containerTo > containerFrom;
    }

    /** Where the container's name begins. */
    int containerFrom() {
        return containerFrom;
    }

    /** Where the container's name ends. */
    int containerTo() {
        return containerTo;
    }

    /** True if a header stands before the message or the pairs. */
    boolean isHeaded() {
        return headed;
    }

    /** What the line is. */
    Kind kind() {
        return kind;
    }

    /** True if it has a time. */
    boolean hasTime() {
        return timed;
    }

    /** Nanoseconds since 1970. */
    long nanos() {
        return nanos;
    }

    /** Where the message begins; of an access log the request. */
    int message() {
        return message;
    }

    /** The header's parts. */
    Header header() {
        return header;
    }

    /** Number of pairs; of an access log the fields before the request. */
    int pairs() {
        return pairs;
    }

    /** The key of pair {@code i}. */
    String key(int i) {
        return new String(b, keyFrom[i], keyTo[i] - keyFrom[i], StandardCharsets.UTF_8);
    }

    /** Where the value of pair {@code i} begins. */
    int valueFrom(int i) {
        return valueFrom[i];
    }

    /** Where the value of pair {@code i} ends. */
    int valueTo(int i) {
        return valueTo[i];
    }

    /** The pair that is the level, or -1. */
    int levelPair() {
        return levelPair;
    }

    /** The pair that is the text, or -1. */
    int textPair() {
        return textPair;
    }

    /** The pair that is the time, or -1. */
    int timePair() {
        return timePair;
    }

    private int blank(int i) {
        int q = i;
        while (q < end && b[q] != ' ') {
            q++;
        }
        return q;
    }

    /** {@code host ident user [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" ...}. */
    private boolean access(int start) {
        int ident = blank(start) + 1;
        if (ident - start > 300 || ident >= end) {
            return false;
        }
        int user = blank(ident) + 1;
        int open = blank(Math.min(user, end)) + 1;
        if (open + 20 > end || b[open] != '[' || !time.at(b, open + 1, end)) {
            return false;
        }
        int close = time.end();
        if (close + 3 > end || b[close] != ']' || b[close + 1] != ' ' || b[close + 2] != '"') {
            return false;
        }
        nanos = time.nanos();
        pairs = 2;
        valueFrom[0] = start;
        valueTo[0] = ident - 1;
        valueFrom[1] = user;
        valueTo[1] = open - 1;
        message = close + 2;
        return true;
    }

    private boolean isPairs(int start) {
        pairs = 0;
        levelPair = -1;
        textPair = -1;
        timePair = -1;
        timed = false;
        int p = start;
        while (p < end && pairs < MAX_PAIRS) {
            if (b[p] == ' ') {
                p++;
                continue;
            }
            int equals = p;
            while (equals < end && isKey(b[equals])) {
                equals++;
            }
            if (equals == p || equals == end || b[equals] != '=') {
                if (pairs == 0) {
                    return false;
                }
                equals = p - 1;
            }
            p = pair(p, equals);
        }
        return pairs >= 2 && (textPair >= 0 || levelPair >= 0) && (timed || levelPair >= 0);
    }

    private static boolean isKey(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || KEY.has(c);
    }

    /** Takes the pair whose key is {@code [p, equals)}; without one, the word there is a key without a value. */
    private int pair(int p, int equals) {
        boolean bare = equals < p;
        int from = bare ? p : equals + 1;
        int to = blank(from);
        int next = to;
        if (!bare && from < end && b[from] == '"') {
            int q = from + 1;
            while (q < end && b[q] != '"') {
                q += b[q] == '\\' ? 2 : 1;
            }
            from++;
            to = Math.min(q, end);
            next = Math.min(q + 1, end);
        }
        boolean last = pairs == MAX_PAIRS - 1;
        keyFrom[pairs] = p;
        keyTo[pairs] = bare ? to : equals;
        valueFrom[pairs] = bare ? to : from;
        valueTo[pairs] = last ? end : to;
        String key = key(pairs).toLowerCase(Locale.ROOT);
        if (timePair < 0 && TIME_KEYS.contains(key) && time.at(b, from, to) && time.end() == to) {
            timePair = pairs;
            timed = true;
            nanos = time.nanos();
        } else if (levelPair < 0 && LEVEL_KEYS.contains(key)) {
            levelPair = pairs;
        } else if (textPair < 0 && TEXT_KEYS.contains(key)) {
            textPair = pairs;
        }
        pairs++;
        return last ? end : next;
    }
}
