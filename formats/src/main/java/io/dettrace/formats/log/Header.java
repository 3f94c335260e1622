package io.dettrace.formats.log;

import io.dettrace.normalize.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes the header of a log line apart: time, level, thread, component, host, process, and where the message begins.
 *
 * <p>Read are the layouts that logging libraries write by default: log4j, logback, java.util.logging, Python's logging, Go's log,
 * glog and klog, syslog (RFC 3164, RFC 5424), the kernel's ring buffer, Android, Apache and nginx, and what is put together of
 * the same parts in another order. What a line's header is depends on that line only, so that equal lines of two runs are read
 * alike. Not thread-safe; allocates nothing.
 */
final class Header {
    /** Parts of a header, by their number. */
    static final int LEVEL = 0;

    static final int THREAD = 1;
    static final int COMPONENT = 2;
    static final int HOST = 3;
    static final int PID = 4;
    static final int TID = 5;
    static final int CLIENT = 6;
    static final int SOURCE = 7;
    static final int REQUEST = 8;

    /** Names of the parts, which are the fields' names. */
    static final String[] NAMES = {
        "level", "thread", "component", "host", "pid", "tid", "client", "source", "request_id"
    };

    private static final int MAX_ITEMS = 16;
    private static final int MAX_BRACKET = 300;
    private static final int MAX_WORD = 120;
    private static final Set<String> LEVELS = Set.of(
            "TRACE",
            "DEBUG",
            "INFO",
            "NOTICE",
            "WARN",
            "WARNING",
            "ERROR",
            "ERR",
            "CRITICAL",
            "CRIT",
            "FATAL",
            "SEVERE",
            "FINE",
            "FINER",
            "FINEST",
            "CONFIG",
            "ALERT",
            "EMERG",
            "EMERGENCY",
            "PANIC",
            "VERBOSE",
            "FAILURE",
            "DPANIC");

    private final TimeText time = new TimeText();
    private final int[] from = new int[NAMES.length];
    private final int[] to = new int[NAMES.length];
    private byte[] b;
    private int end;
    private int p;
    private boolean timed;
    private boolean dated;
    private long nanos;
    private boolean julStyle;
    private boolean done;

    /** True if the line begins with a header, which has a time or at least a level. */
    boolean parse(byte[] bytes, int start, int stop) {
        b = bytes;
        end = stop;
        p = start;
        timed = false;
        julStyle = false;
        done = false;
        for (int i = 0; i < from.length; i++) {
            from[i] = -1;
        }
        if (stop - start < 4 || bytes[start] == ' ' && !startsWithTime()) {
            return false;
        }
        boolean syslog = priority();
        if (glog() || levelAndLogger() || cluster()) {
            return true;
        }
        source();
        for (int i = 0; i < MAX_ITEMS && !done; i++) {
            separators();
            if (p >= end || !item(syslog)) {
                break;
            }
        }
        separators();
        return timed || from[LEVEL] >= 0;
    }

    private boolean startsWithTime() {
        int q = p;
        while (q < end && b[q] == ' ') {
            q++;
        }
        boolean is = q - p < 8 && time.at(b, q, end) && time.hasDate();
        p = is ? q : p;
        return is;
    }

    /** True if the header has a time. */
    boolean hasTime() {
        return timed;
    }

    /** True if the time has a date. */
    boolean hasDate() {
        return dated;
    }

    /** Nanoseconds since 1970. */
    long nanos() {
        return nanos;
    }

    /** Where the message begins. */
    int message() {
        return p;
    }

    /** Where part {@code i} begins, or -1 if it is not there. */
    int from(int i) {
        return from[i];
    }

    /** Where part {@code i} ends. */
    int to(int i) {
        return to[i];
    }

    /** True if the message stands on the next line, behind the level, as java.util.logging writes it. */
    boolean continuesWithLevel() {
        return julStyle;
    }

    private void set(int part, int start, int stop) {
        if (from[part] < 0 && stop > start) {
            from[part] = start;
            to[part] = stop;
        }
    }

    private int at(int i) {
        return i < end ? b[i] : 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == 0;
    }

    private int digitsEnd(int i) {
        int q = i;
        while (isDigit(at(q))) {
            q++;
        }
        return q;
    }

    private int wordEnd(int i) {
        int q = i;
        while (q < end && !isBlank(b[q]) && q - i < MAX_WORD) {
            q++;
        }
        return q;
    }

    private int skipBlanks(int i) {
        int q = i;
        while (q < end && isBlank(b[q])) {
            q++;
        }
        return q;
    }

    private boolean takeTime(int at) {
        if (timed || !time.at(b, at, end)) {
            return false;
        }
        int stop = time.end();
        if (!isBlank(at(stop)) && "],;|:)-".indexOf(at(stop)) < 0) {
            return false;
        }
        timed = true;
        dated = time.hasDate();
        nanos = time.nanos();
        p = stop;
        return true;
    }

    /** {@code <34>} and the version that RFC 5424 puts behind it. */
    private boolean priority() {
        int q = digitsEnd(p + 1);
        if (at(p) != '<' || q == p + 1 || q > p + 4 || at(q) != '>') {
            return false;
        }
        p = q + 1;
        if (at(p) == '1' && at(p + 1) == ' ') {
            p += 2;
            if (takeTime(p)) {
                rfc5424();
            }
        }
        return true;
    }

    private void rfc5424() {
        int[] parts = {HOST, COMPONENT, PID, -1};
        for (int part : parts) {
            int start = skipBlanks(p);
            int stop = wordEnd(start);
            if (part >= 0 && !(stop == start + 1 && b[start] == '-')) {
                set(part, start, stop);
            }
            p = stop;
        }
        p = skipBlanks(p);
        if (at(p) == '-') {
            p++;
        } else if (at(p) == '[') {
            while (at(p) == '[' && closing(p) > 0) {
                p = closing(p) + 1;
            }
        }
        done = true;
    }

    /** {@code I0102 15:04:05.678901   12345 file.cc:123] }. */
    private boolean glog() {
        if ("IWEFD".indexOf(at(p)) < 0 || digitsEnd(p + 1) != p + 5 || at(p + 5) != ' ' || at(p + 8) != ':') {
            return false;
        }
        int start = p;
        if (!time.at(b, p + 6, end) || time.hasDate()) {
            return false;
        }
        int threadFrom = skipBlanks(time.end());
        int threadTo = digitsEnd(threadFrom);
        int source = skipBlanks(threadTo);
        int stop = source;
        while (stop < end && b[stop] != ']' && stop - source < MAX_WORD) {
            stop++;
        }
        int month = (b[start + 1] - '0') * 10 + b[start + 2] - '0';
        int day = (b[start + 3] - '0') * 10 + b[start + 4] - '0';
        if (at(stop) != ']' || threadTo == threadFrom || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        timed = true;
        dated = true;
        nanos = time.nanos() + ((month - 1) * 31L + day - 1) * 86_400_000_000_000L;
        set(LEVEL, start, start + 1);
        set(TID, threadFrom, threadTo);
        set(COMPONENT, source, stop);
        p = skipBlanks(stop + 1);
        return true;
    }

    /** {@code WARNING:root:text}, as Python's logging writes by default. */
    private boolean levelAndLogger() {
        int q = p;
        while (isLetter(at(q))) {
            q++;
        }
        if (at(q) != ':' || !isLevel(p, q, false)) {
            return false;
        }
        int stop = q + 1;
        while (stop < end && b[stop] != ':' && !isBlank(b[stop]) && stop - q < MAX_WORD) {
            stop++;
        }
        if (at(stop) != ':' || stop == q + 1) {
            return false;
        }
        set(LEVEL, p, q);
        set(COMPONENT, q + 1, stop);
        p = stop + 1;
        return true;
    }

    /** The logs of clusters in the Computer Failure Data Repository: alert, seconds, date, node, time, node. */
    private boolean cluster() {
        int start = skipBlanks(wordEnd(p));
        int q = digitsEnd(start);
        if (q != start + 10 || at(q) != ' ' || at(q + 5) != '.' || at(q + 8) != '.' || digitsEnd(q + 1) != q + 5) {
            return false;
        }
        int node = skipBlanks(wordEnd(q + 1));
        int nodeEnd = wordEnd(node);
        int written = skipBlanks(nodeEnd);
        long seconds = time.at(b, start, end) ? time.nanos() : Long.MIN_VALUE;
        if (seconds == Long.MIN_VALUE || !time.at(b, written, end)) {
            return false;
        }
        timed = true;
        dated = true;
        boolean hasYear = time.nanos() > 366L * 86_400_000_000_000L;
        nanos = hasYear ? time.nanos() : seconds;
        set(HOST, node, nodeEnd);
        p = skipBlanks(wordEnd(skipBlanks(time.end())));
        if (tag()) {
            return true;
        }
        int first = wordEnd(p);
        int second = wordEnd(skipBlanks(first));
        int level = skipBlanks(second);
        int levelEnd = wordEnd(level);
        if (isLevel(level, levelEnd, false)) {
            set(COMPONENT, p, second);
            set(LEVEL, level, levelEnd);
            p = skipBlanks(levelEnd);
        }
        return true;
    }

    /** A word before the time, such as the container's name that a collector puts there. */
    private void source() {
        int stop = wordEnd(p);
        int next = skipBlanks(stop);
        if (at(next) == '|') {
            next = skipBlanks(next + 1);
        }
        boolean word = stop > p && b[p] != '[' && b[p] != '(' && !isLevel(p, stop, false);
        if (word && next > stop && !time.at(b, p, end) && (time.at(b, next, end) && time.hasDate())) {
            set(SOURCE, p, b[stop - 1] == ':' ? stop - 1 : stop);
            p = next;
        }
    }

    private void separators() {
        while (p < end) {
            int c = b[p];
            boolean dash = (c == '-' || c == ':') && (isBlank(at(p + 1)) || c == '-' && isDashes());
            if (isBlank(c) || c == '|' || c == ',' && isBlank(at(p + 1)) || dash) {
                p++;
            } else {
                return;
            }
        }
    }

    private boolean isDashes() {
        int q = p;
        while (at(q) == '-') {
            q++;
        }
        return q - p <= 3 && isBlank(at(q));
    }

    private boolean item(boolean syslog) {
        int start = p;
        boolean named = isLetter(b[p]);
        if (takeTime(p)) {
            afterTime(start, syslog || named);
            return true;
        }
        int c = b[p];
        if (c == '[' || c == '(') {
            return bracket(c);
        }
        int word = p;
        while (isLetter(at(word))) {
            word++;
        }
        if (from[LEVEL] < 0 && isLevel(p, word, timed) && isLevelEnd(word)) {
            set(LEVEL, p, word);
            p = at(word) == ':' ? word + 1 : word;
            return true;
        }
        if (isDigit(c)) {
            return timed && numbers();
        }
        return (timed || from[LEVEL] >= 0) && component();
    }

    private boolean isLevelEnd(int q) {
        int c = at(q);
        return isBlank(c) || c == ':' || c == ']' || c == '|' || c == ',' || c == '[' || c == '-' && isBlank(at(q + 1));
    }

    private void afterTime(int start, boolean syslog) {
        boolean comma = false;
        for (int i = start; i < p; i++) {
            comma |= b[i] == ',' && at(i + 1) == ' ';
        }
        if (comma && isLetter(b[start])) {
            int stop = wordEnd(skipBlanks(p));
            if (stop > p + 1 && !isLevel(skipBlanks(p), stop, true)) {
                set(COMPONENT, skipBlanks(p), stop);
                p = skipBlanks(stop);
                julStyle = true;
                done = true;
            }
            return;
        }
        if (at(p) == ']') {
            p++;
        }
        int host = skipBlanks(p);
        int hostEnd = wordEnd(host);
        int before = p;
        if (hostEnd > host && !isLevel(host, hostEnd, true)) {
            p = skipBlanks(hostEnd);
            boolean plain = b[host] != '[' && b[hostEnd - 1] != ':' && b[host] != '-';
            if (plain && tagWithProcess(syslog)) {
                set(HOST, host, hostEnd);
                done = true;
                return;
            }
        }
        p = before;
    }

    private boolean tagWithProcess(boolean alsoWithout) {
        int before = p;
        boolean tag = tag();
        if (tag && !alsoWithout && from[PID] < 0) {
            from[COMPONENT] = -1;
            p = before;
            return false;
        }
        return tag;
    }

    /** {@code sshd[123]: }, {@code crond(pam_unix)[2915]: }, {@code kernel: }. */
    private boolean tag() {
        int q = p;
        while (q < end && !isBlank(b[q]) && "[]:\"'=".indexOf(b[q]) < 0 && q - p < MAX_WORD) {
            q++;
        }
        int pid = q;
        int pidEnd = q;
        int stop = q;
        if (at(q) == '[') {
            pid = q + 1;
            pidEnd = digitsEnd(pid);
            if (at(pidEnd) != ']' || pidEnd == pid) {
                return false;
            }
            stop = pidEnd + 1;
        }
        if (q == p || at(stop) != ':' || !isBlank(at(stop + 1))) {
            return false;
        }
        set(COMPONENT, p, q);
        set(PID, pid, pidEnd);
        p = skipBlanks(stop + 1);
        return true;
    }

    /** Numbers of process and thread behind the time. */
    private boolean numbers() {
        int q = digitsEnd(p);
        int next = skipBlanks(q);
        if (at(q) == '#' && digitsEnd(q + 1) > q + 1 && at(digitsEnd(q + 1)) == ':') {
            set(PID, p, q);
            set(TID, q + 1, digitsEnd(q + 1));
            p = digitsEnd(q + 1) + 1;
            done = true;
            return true;
        }
        if (at(q) == '|') {
            set(PID, p, q);
            p = q + 1;
            return true;
        }
        if (next == q) {
            return false;
        }
        int q2 = digitsEnd(next);
        int letter = skipBlanks(q2);
        if (q2 > next && letter > q2 && isAndroidLevel(letter)) {
            set(PID, p, q);
            set(TID, next, q2);
            p = letter;
            return android();
        }
        if (isAndroidLevel(next)) {
            set(PID, p, q);
            p = next;
            return android();
        }
        int word = next;
        while (isLetter(at(word))) {
            word++;
        }
        if (at(next) == '[' || at(next) == '-' && at(next + 1) == '-' || isLevel(next, word, false)) {
            set(PID, p, q);
            p = next;
            return true;
        }
        return false;
    }

    private boolean isAndroidLevel(int i) {
        return at(i) != 0 && "VDIWEFAS".indexOf(at(i)) >= 0 && at(i + 1) == ' ';
    }

    private boolean android() {
        set(LEVEL, p, p + 1);
        p = skipBlanks(p + 1);
        int q = p;
        while (q < end && b[q] != ':' && q - p < MAX_WORD) {
            q++;
        }
        if (at(q) == ':') {
            int stop = q;
            while (stop > p && b[stop - 1] == ' ') {
                stop--;
            }
            set(COMPONENT, p, stop);
            p = skipBlanks(q + 1);
        }
        done = true;
        return true;
    }

    private boolean isLevel(int start, int stop, boolean anyCase) {
        int n = stop - start;
        if (n < 3 || n > 9) {
            return false;
        }
        boolean upper = true;
        for (int i = start; i < stop; i++) {
            if (!isLetter(b[i])) {
                return false;
            }
            upper &= b[i] <= 'Z';
        }
        if (!upper && !anyCase) {
            return false;
        }
        char[] word = new char[n];
        for (int i = 0; i < n; i++) {
            word[i] = (char) (b[start + i] & ~0x20);
        }
        return LEVELS.contains(new String(word));
    }

    /** The bracket that closes the one at {@code open}, or -1. */
    private int closing(int open) {
        int opener = b[open];
        int closer = opener == '[' ? ']' : ')';
        int depth = 0;
        for (int q = open; q < end && q - open < MAX_BRACKET; q++) {
            depth += b[q] == opener ? 1 : b[q] == closer ? -1 : 0;
            if (depth == 0) {
                return q;
            }
        }
        return -1;
    }

    private boolean bracket(int opener) {
        int close = closing(p);
        if (close < 0 || !isBlank(at(close + 1)) && "[(:-|".indexOf(at(close + 1)) < 0) {
            return false;
        }
        int start = skipBlanks(p + 1);
        int stop = close;
        while (stop > start && isBlank(b[stop - 1])) {
            stop--;
        }
        if (stop == start) {
            p = close + 1;
            return true;
        }
        if (!inBracket(start, stop, opener)) {
            return false;
        }
        p = at(close + 1) == ':' ? close + 2 : close + 1;
        return true;
    }

    private boolean inBracket(int start, int stop, int opener) {
        if (!timed && takeTime(start)) {
            int rest = skipBlanks(p);
            if (rest < stop) {
                set(COMPONENT, rest, stop);
            }
            return true;
        }
        if (!timed && uptime(start, stop)) {
            return true;
        }
        if (from[LEVEL] < 0 && isLevel(start, stop, true)) {
            set(LEVEL, start, stop);
            return true;
        }
        if (!timed && from[LEVEL] < 0) {
            return false;
        }
        if (digitsEnd(start) == stop) {
            set(from[PID] < 0 ? PID : TID, start, stop);
            return true;
        }
        return opener == '[' && word(start, stop);
    }

    private boolean word(int start, int stop) {
        int colon = start;
        while (colon < stop && b[colon] != ':') {
            colon++;
        }
        if (from[LEVEL] < 0 && colon < stop && isLevel(colon + 1, stop, true)) {
            set(COMPONENT, start, colon);
            set(LEVEL, colon + 1, stop);
            return true;
        }
        if (startsWith(start, "pid ")) {
            int q = digitsEnd(start + 4);
            set(PID, start + 4, q);
            if (startsWithAt(q, ":tid ")) {
                set(TID, q + 5, stop);
            }
            return true;
        }
        if (startsWith(start, "client ")) {
            set(CLIENT, start + 7, stop);
            return true;
        }
        if (startsWith(start, "req-")) {
            set(REQUEST, start, stop);
            return true;
        }
        int part = from[THREAD] < 0 ? THREAD : COMPONENT;
        if (from[part] >= 0) {
            return false;
        }
        set(part, start, stop);
        return true;
    }

    private boolean startsWith(int at, String word) {
        return startsWithAt(at, word);
    }

    private boolean startsWithAt(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@code [    0.123456]}, seconds since the kernel started. */
    private boolean uptime(int start, int stop) {
        int dot = digitsEnd(start);
        if (at(dot) != '.' || dot == start || dot - start > 9 || digitsEnd(dot + 1) != stop || stop - dot != 7) {
            return false;
        }
        long seconds = Long.parseLong(new String(b, start, dot - start, StandardCharsets.US_ASCII));
        long micros = Long.parseLong(new String(b, dot + 1, 6, StandardCharsets.US_ASCII));
        timed = true;
        dated = true;
        nanos = seconds * 1_000_000_000L + micros * 1_000L;
        return true;
    }

    /** A name of a logger, class or program that a colon, a dash or a bar parts from the message. */
    private boolean component() {
        if (from[COMPONENT] >= 0 || !isLetter(b[p]) && b[p] != '_' && b[p] != '$') {
            return false;
        }
        int q = p;
        boolean dotted = false;
        while (q < end && isNamePart(b[q]) && q - p < MAX_WORD) {
            dotted |= b[q] == '.' || b[q] == ':';
            q++;
        }
        int next = skipBlanks(q);
        if (at(q) == '['
                && digitsEnd(q + 1) > q + 1
                && at(digitsEnd(q + 1)) == ']'
                && at(digitsEnd(q + 1) + 1) == ':') {
            set(COMPONENT, p, q);
            set(PID, q + 1, digitsEnd(q + 1));
            p = digitsEnd(q + 1) + 2;
            done = true;
            return true;
        }
        if (q > p + 1 && b[q - 1] == ':' && isBlank(at(q))) {
            set(COMPONENT, p, q - 1);
            p = q;
            done = true;
            return true;
        }
        if (at(q) == '|') {
            set(COMPONENT, p, q);
            p = q + 1;
            return true;
        }
        int c = at(next);
        boolean separated = (c == '-' || c == ':' || c == '|') && isBlank(at(next + 1)) && next > q;
        if (separated && q > p) {
            set(COMPONENT, p, q);
            p = next + 1;
            done = from[LEVEL] >= 0;
            return true;
        }
        if (dotted && c == '[' && next > q && from[LEVEL] >= 0) {
            set(COMPONENT, p, q);
            p = next;
            return true;
        }
        return false;
    }

    private static boolean isNamePart(int c) {
        return isLetter(c) || isDigit(c) || "._$/@#-:<>".indexOf(c) >= 0;
    }
}
