package io.dettrace.normalize;

import java.nio.charset.StandardCharsets;

/**
 * Finds and reads a time as logs write it. Understood are ISO 8601 and RFC 3339 with their common variations (a slash or dot
 * between the parts of a date, a comma before the fraction), the times of syslog (RFC 3164), of Java, Go, C and Android, of web
 * servers ({@code 10/Oct/2000:13:55:36 -0700}), American and German dates, and counts since 1970 in seconds to nanoseconds.
 *
 * <p>A time without a zone counts as UTC, without a year as of 1970, without a date as of the first of January 1970: what
 * matters is the order and the distance inside one log. Not thread-safe; {@link #at} allocates nothing.
 */
public final class TimeText {
    /** No time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";

    /** Seconds since 1970 that a bare number may be: the years 2001 to 2065. */
    private static final long LEAST_EPOCH = 1_000_000_000L;

    private static final long MOST_EPOCH = 3_000_000_000L;

    private byte[] b;
    private int to;
    private int p;
    private long nanos;
    private boolean dated;
    private int year;
    private int month;
    private int day;

    /** Nanoseconds since 1970 of a text that is a time and nothing else, or {@link #NONE}. */
    public static long nanosOf(String text) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        TimeText time = new TimeText();
        return time.at(bytes, 0, bytes.length) && time.end() == bytes.length ? time.nanos() : NONE;
    }

    /** True if a time begins at {@code from}; then {@link #end} and {@link #nanos} tell more. */
    public boolean at(byte[] bytes, int from, int to) {
        if (to - from < 8) {
            return false;
        }
        b = bytes;
        this.to = to;
        p = from;
        dated = true;
        year = 1970;
        month = 1;
        day = 1;
        int c = bytes[from];
        boolean found = c >= '0' && c <= '9' ? number() : c >= 'A' && c <= 'Z' && named();
        return found && (p == to || !isWord(b[p]));
    }

    /** Where the time ends. */
    public int end() {
        return p;
    }

    /** Nanoseconds since 1970. */
    public long nanos() {
        return nanos;
    }

    /** True if it has a date, and not only a time of day. */
    public boolean hasDate() {
        return dated;
    }

    private static boolean isWord(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private int peek(int ahead) {
        return p + ahead < to ? b[p + ahead] : 0;
    }

    private boolean isDigit(int ahead) {
        int c = peek(ahead);
        return c >= '0' && c <= '9';
    }

    private int digits() {
        int n = 0;
        while (isDigit(n)) {
            n++;
        }
        return n;
    }

    /** Takes {@code n} digits. */
    private int take(int n) {
        int value = 0;
        for (int i = 0; i < n; i++) {
            value = value * 10 + b[p++] - '0';
        }
        return value;
    }

    private boolean number() {
        int n = digits();
        int next = peek(n);
        switch (n) {
            case 1, 2 -> {
                return next == ':'
                        ? timeOfDay()
                        : next == '/'
                                ? slashed(n)
                                : next == '-' || next == '.' ? partly(n, next) : next == ' ' && dayFirst(n);
            }
            case 4 -> {
                return (next == '-' || next == '/' || next == '.') && yearFirst(next);
            }
            case 6 -> {
                return packed();
            }
            case 8 -> {
                return compact(next);
            }
            case 10, 13, 16, 19 -> {
                return epoch(n);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean yearFirst(int separator) {
        year = take(4);
        p++;
        int n = digits();
        if (n < 1 || n > 2 || peek(n) != separator) {
            return false;
        }
        month = take(n);
        p++;
        n = digits();
        if (n < 1 || n > 2) {
            return false;
        }
        day = take(n);
        int c = peek(0);
        if (c != 'T' && c != ' ' && c != '-' && c != '_' && c != ':' && c != 't') {
            return false;
        }
        p++;
        return clock(peek(2) == '.' && c == '-' ? '.' : ':');
    }

    /** {@code 10/Oct/2000:13:55:36}, {@code 5/27/2013 10:53:39 AM}, {@code 17/06/09 20:10:40}, {@code 28/07/14 01:15 PM}. */
    private boolean slashed(int n) {
        int first = take(n);
        p++;
        if (month()) {
            day = first;
            if (peek(0) != '/' || digitsAt(1) != 4) {
                return false;
            }
            p++;
            year = take(4);
        } else {
            int m = digits();
            if (m < 1 || m > 2 || peek(m) != '/') {
                return false;
            }
            int second = take(m);
            p++;
            int y = digits();
            if (y == 4) {
                year = take(4);
                boolean dayFirst = first > 12;
                month = dayFirst ? second : first;
                day = dayFirst ? first : second;
            } else if (y == 2) {
                int last = take(2);
                boolean yearLast = first > 12 && second <= 12 && last > 0 && peek(3) != 0 && isMinutesOnly();
                year = 2000 + (yearLast ? last : first);
                month = second;
                day = yearLast ? first : last;
            } else {
                return false;
            }
        }
        if (peek(0) != ' ' && peek(0) != ':' && peek(0) != '-' && peek(0) != ',') {
            return false;
        }
        p += peek(0) == ',' && peek(1) == ' ' ? 2 : 1;
        return clock(':');
    }

    private boolean isMinutesOnly() {
        return peek(0) == ' ' && peek(3) == ':' && peek(6) != ':';
    }

    private int digitsAt(int ahead) {
        int n = 0;
        while (isDigit(ahead + n)) {
            n++;
        }
        return n;
    }

    /** {@code 03-17 16:13:38.811}, {@code 10.30 16:49:06}, {@code 02-01-2006 15:04:05}, {@code 02-Jan-2006 15:04:05}. */
    private boolean partly(int n, int separator) {
        int first = take(n);
        p++;
        if (month()) {
            day = first;
        } else {
            int m = digits();
            if (m != 2) {
                return false;
            }
            int second = take(2);
            if (peek(0) == separator) {
                day = first;
                month = second;
            } else {
                month = first;
                day = second;
            }
        }
        if (peek(0) == separator && digitsAt(1) == 4) {
            p++;
            year = take(4);
        }
        if (peek(0) != ' ' && peek(0) != 'T') {
            return false;
        }
        p++;
        return clock(':');
    }

    /** {@code 02 Jan 2006 15:04:05}. */
    private boolean dayFirst(int n) {
        day = take(n);
        p++;
        if (!month() || peek(0) != ' ' || digitsAt(1) != 4) {
            return false;
        }
        p++;
        year = take(4);
        if (peek(0) != ' ') {
            return false;
        }
        p++;
        return clock(':');
    }

    /** {@code 081109 203615}. */
    private boolean packed() {
        if (peek(6) != ' ' || digitsAt(7) != 6) {
            return false;
        }
        year = 2000 + take(2);
        month = take(2);
        day = take(2);
        p++;
        int hour = take(2);
        int minute = take(2);
        return finish(hour, minute, take(2), 0);
    }

    /** {@code 20171223-22:15:29:606}, {@code 20171224-0:12:0:138}, {@code 20171223T221529Z}. */
    private boolean compact(int next) {
        if (next != '-' && next != 'T' && next != ' ' && next != '_') {
            return false;
        }
        year = take(4);
        month = take(2);
        day = take(2);
        p++;
        if (digits() == 6) {
            int hour = take(2);
            int minute = take(2);
            int second = take(2);
            return finish(hour, minute, second, fraction()) && zone();
        }
        int start = p;
        if (unpadded()) {
            return true;
        }
        p = start;
        return clock(':');
    }

    /** Hours, minutes, seconds and milliseconds as numbers without leading zeros, which is certain only behind a date. */
    private boolean unpadded() {
        int[] parts = new int[4];
        for (int i = 0; i < parts.length; i++) {
            int n = digits();
            if (n < 1 || n > (i == 3 ? 3 : 2) || i < 3 && peek(n) != ':') {
                return false;
            }
            parts[i] = take(n);
            p += i < 3 ? 1 : 0;
        }
        return finish(parts[0], parts[1], parts[2], parts[3] * 1_000_000L);
    }

    private boolean epoch(int n) {
        long value = 0;
        for (int i = 0; i < n; i++) {
            value = value * 10 + b[p + i] - '0';
        }
        long unit = n == 10 ? SECOND : n == 13 ? 1_000_000L : n == 16 ? 1_000L : 1L;
        long seconds = value / (SECOND / unit);
        if (value < 0 || seconds < LEAST_EPOCH || seconds > MOST_EPOCH) {
            return false;
        }
        p += n;
        nanos = value * unit + (n == 10 ? fraction() : 0);
        return true;
    }

    /** {@code Jun 14 15:16:01}, {@code Sun Dec 04 04:47:44 2005}, {@code Nov 10, 2009 11:00:00 PM}, {@code Mon, 02 Jan 2006 15:04:05}. */
    private boolean named() {
        if (index(DAYS) >= 0) {
            p += 3;
            p += peek(0) == ',' ? 1 : 0;
            if (peek(0) != ' ') {
                return false;
            }
            p++;
            if (isDigit(0)) {
                int n = digits();
                return n <= 2 && dayFirst(n);
            }
        }
        if (!month() || peek(0) != ' ') {
            return false;
        }
        p += peek(1) == ' ' ? 2 : 1;
        int n = digits();
        if (n < 1 || n > 2) {
            return false;
        }
        day = take(n);
        boolean comma = peek(0) == ',';
        p += comma ? 1 : 0;
        if (peek(0) != ' ') {
            return false;
        }
        p++;
        if (digits() == 4) {
            year = take(4);
            if (peek(0) == ',') {
                p++;
            }
            if (peek(0) != ' ') {
                return false;
            }
            p++;
            return clock(':');
        }
        return clock(':') && yearLast();
    }

    private boolean yearLast() {
        int word = 0;
        while (peek(1 + word) >= 'A' && peek(1 + word) <= 'Z') {
            word++;
        }
        int skip = peek(0) == ' ' && word >= 3 && word <= 5 && peek(1 + word) == ' ' ? 1 + word : 0;
        if (peek(skip) == ' ' && digitsAt(skip + 1) == 4 && !isWord(peek(skip + 5)) && peek(skip + 5) != ':') {
            long ofDay = Math.floorMod(nanos, 86_400 * SECOND);
            p += skip + 1;
            year = take(4);
            nanos = days() * 86_400 * SECOND + ofDay;
        }
        return true;
    }

    private boolean month() {
        int i = index(MONTHS);
        if (i < 0) {
            return false;
        }
        month = i + 1;
        p += 3;
        return true;
    }

    private int index(String names) {
        for (int i = 0; i < names.length(); i += 3) {
            if (peek(0) == names.charAt(i) && peek(1) == names.charAt(i + 1) && peek(2) == names.charAt(i + 2)) {
                return i / 3;
            }
        }
        return -1;
    }

    private boolean timeOfDay() {
        dated = false;
        int n = digits();
        return peek(n + 3) == ':' && clock(':');
    }

    /** Hours, minutes, perhaps seconds and a fraction, AM or PM, and a zone. */
    private boolean clock(int separator) {
        int n = digits();
        if (n < 1 || n > 2 || peek(n) != separator) {
            return false;
        }
        int hour = take(n);
        p++;
        if (digits() != 2) {
            return false;
        }
        int minute = take(2);
        int second = 0;
        long fraction = 0;
        if (peek(0) == separator && isDigit(1) && isDigit(2)) {
            p++;
            second = take(2);
            fraction = fraction();
        }
        int ampm = peek(0) == ' ' && peek(2) == 'M' && !isWord(peek(3)) ? peek(1) : 0;
        if (ampm == 'A' || ampm == 'P') {
            hour = hour % 12 + (ampm == 'P' ? 12 : 0);
            p += 3;
        }
        return finish(hour, minute, second, fraction) && zone();
    }

    /** Nanoseconds of a fraction behind a dot, a comma or a colon, 0 if there is none. */
    private long fraction() {
        int c = peek(0);
        if (c != '.' && c != ',' && c != ':' || !isDigit(1)) {
            return 0;
        }
        p++;
        long value = 0;
        int n = 0;
        for (; isDigit(0); p++) {
            if (n < 9) {
                value = value * 10 + b[p] - '0';
                n++;
            }
        }
        for (; n < 9; n++) {
            value *= 10;
        }
        return value;
    }

    private boolean finish(int hour, int minute, int second, long fraction) {
        if (hour > 24 || minute > 59 || second > 60 || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        long seconds = days() * 86_400 + hour * 3_600L + minute * 60L + second;
        if (Math.abs(seconds) > 9_000_000_000L) {
            return false;
        }
        nanos = seconds * SECOND + fraction;
        return true;
    }

    /** Days since 1970 in the Gregorian calendar (Howard Hinnant, days_from_civil). */
    private long days() {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400);
        long ofEra = y - era * 400;
        long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    private boolean zone() {
        int c = peek(0);
        if (c == 'Z' && !isWord(peek(1))) {
            p++;
            return true;
        }
        int at = c == ' ' ? 1 : 0;
        int sign = peek(at);
        if (at == 1 && (matches(1, "UTC") || matches(1, "GMT")) && !isWord(peek(4))) {
            p += 4;
            return true;
        }
        if (sign != '+' && sign != '-') {
            return true;
        }
        int n = digitsAt(at + 1);
        int hours;
        int minutes = 0;
        if (n == 4) {
            p += at + 1;
            hours = take(2);
            minutes = take(2);
        } else if (n == 2 && at == 0) {
            p++;
            hours = take(2);
            if (peek(0) == ':' && digitsAt(1) == 2) {
                p++;
                minutes = take(2);
            }
        } else {
            return true;
        }
        long offset = (hours * 3_600L + minutes * 60L) * SECOND;
        nanos += sign == '+' ? -offset : offset;
        return true;
    }

    private boolean matches(int ahead, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek(ahead + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
