package io.dettrace.formats.log;

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
    static final int STREAM = 9;

    /** Names of the parts, which are the fields' names. */
    static final String[] NAMES = {
        "level", "thread", "component", "host", "pid", "tid", "client", "source", "request_id", "stream"
    };

    private static final int MAX_ITEMS = 16;

    private final HeaderLine h = new HeaderLine();
    private final FixedHeaders fixed = new FixedHeaders(h);
    private final HeaderWords words = new HeaderWords(h, fixed);
    private final HeaderBrackets brackets = new HeaderBrackets(h);
    private boolean julStyle;

    /** True if the line begins with a header, which has a time or at least a level. */
    boolean parse(byte[] bytes, int start, int stop) {
        h.start(bytes, start, stop);
        julStyle = false;
        if (stop - start < 4 || bytes[start] == ' ' && !startsWithTime()) {
            return false;
        }
        boolean syslog = fixed.priority();
        if (fixed.glog() || fixed.levelAndLogger() || fixed.cluster() || fixed.redis()) {
            return true;
        }
        source();
        items(syslog);
        boolean again = h.timed && !julStyle && h.time.at(h.b, h.p, h.end) && h.time.hasDate();
        if (h.timed && (h.collected || again)) {
            inner();
        }
        return h.timed || h.from[LEVEL] >= 0;
    }

    private void items(boolean syslog) {
        for (int i = 0; i < MAX_ITEMS && !h.done; i++) {
            separators();
            if (h.p >= h.end || !item(syslog)) {
                break;
            }
        }
        separators();
    }

    /** What a program wrote as its own header behind that of a collector: syslog, journald, docker, Kubernetes. */
    private void inner() {
        boolean level = h.from[LEVEL] >= 0;
        h.startInner();
        boolean found = fixed.glog();
        if (!found) {
            items(false);
            found = h.timed || !level && h.from[LEVEL] >= 0;
        }
        h.endInner(found);
    }

    private boolean startsWithTime() {
        int q = h.p;
        while (q < h.end && h.b[q] == ' ') {
            q++;
        }
        boolean is = q - h.p < 8 && h.time.at(h.b, q, h.end) && h.time.hasDate();
        h.p = is ? q : h.p;
        return is;
    }

    /** True if the header has a time. */
    boolean hasTime() {
        return h.timed;
    }

    /** True if the time has a date. */
    boolean hasDate() {
        return h.dated;
    }

    /** Nanoseconds since 1970. */
    long nanos() {
        return h.nanos;
    }

    /** True if the word is the name of a level, in capitals. */
    boolean isLevel(byte[] bytes, int start, int stop) {
        h.start(bytes, start, stop);
        return h.isLevel(start, stop, false);
    }

    /** Where the message begins. */
    int message() {
        return h.p;
    }

    /** Where part {@code i} begins, or -1 if it is not there. */
    int from(int i) {
        return h.from[i];
    }

    /** Where part {@code i} ends. */
    int to(int i) {
        return h.to[i];
    }

    /** True if the message stands on the next line, behind the level, as java.util.logging writes it. */
    boolean continuesWithLevel() {
        return julStyle;
    }

    /** A word before the time, such as the container's name that a collector puts there. */
    private void source() {
        int stop = h.wordEnd(h.p);
        int next = h.skipBlanks(stop);
        if (h.at(next) == '|') {
            next = h.skipBlanks(next + 1);
        }
        boolean word = stop > h.p && h.b[h.p] != '[' && h.b[h.p] != '(' && !h.isLevel(h.p, stop, false);
        if (word && next > stop && !h.time.at(h.b, h.p, h.end) && (h.time.at(h.b, next, h.end) && h.time.hasDate())) {
            h.set(SOURCE, h.p, h.b[stop - 1] == ':' ? stop - 1 : stop);
            h.p = next;
        }
    }

    private void separators() {
        while (h.p < h.end) {
            int c = h.b[h.p];
            boolean dash = (c == '-' || c == ':') && (HeaderLine.isBlank(h.at(h.p + 1)) || c == '-' && isDashes());
            if (HeaderLine.isBlank(c) || c == '|' || c == ',' && HeaderLine.isBlank(h.at(h.p + 1)) || dash) {
                h.p++;
            } else {
                return;
            }
        }
    }

    private boolean isDashes() {
        int q = h.p;
        while (h.at(q) == '-') {
            q++;
        }
        return q - h.p <= 3 && HeaderLine.isBlank(h.at(q));
    }

    private boolean item(boolean syslog) {
        int start = h.p;
        boolean named = HeaderLine.isLetter(h.b[h.p]);
        if (h.takeTime(h.p)) {
            afterTime(start, syslog || named);
            return true;
        }
        int c = h.b[h.p];
        if (c == '[' || c == '(') {
            return brackets.bracket(c);
        }
        int word = h.p;
        while (HeaderLine.isLetter(h.at(word))) {
            word++;
        }
        if (h.from[LEVEL] < 0 && h.isLevel(h.p, word, h.timed) && isLevelEnd(word)) {
            h.set(LEVEL, h.p, word);
            h.p = h.at(word) == ':' ? word + 1 : word;
            fixed.sinceStart();
            return true;
        }
        if (HeaderLine.isDigit(c)) {
            return h.timed && words.numbers();
        }
        return (h.timed || h.from[LEVEL] >= 0) && words.component();
    }

    private boolean isLevelEnd(int q) {
        int c = h.at(q);
        return HeaderLine.isBlank(c)
                || c == ':'
                || c == ']'
                || c == '|'
                || c == ','
                || c == '['
                || c == '-' && HeaderLine.isBlank(h.at(q + 1));
    }

    private void afterTime(int start, boolean syslog) {
        boolean comma = false;
        for (int i = start; i < h.p; i++) {
            comma |= h.b[i] == ',' && h.at(i + 1) == ' ';
        }
        if (comma && HeaderLine.isLetter(h.b[start])) {
            int stop = h.wordEnd(h.skipBlanks(h.p));
            if (stop > h.p + 1 && !h.isLevel(h.skipBlanks(h.p), stop, true)) {
                h.set(COMPONENT, h.skipBlanks(h.p), stop);
                h.p = h.skipBlanks(stop);
                julStyle = true;
                h.done = true;
            }
            return;
        }
        if (h.at(h.p) == ']') {
            h.p++;
        }
        if (fixed.stream()) {
            return;
        }
        int host = h.skipBlanks(h.p);
        int hostEnd = h.wordEnd(host);
        int before = h.p;
        if (hostEnd > host && !h.isLevel(host, hostEnd, true)) {
            h.p = h.skipBlanks(hostEnd);
            boolean plain = h.b[host] != '[' && h.b[hostEnd - 1] != ':' && h.b[host] != '-';
            if (plain && tagWithProcess(syslog)) {
                h.set(HOST, host, hostEnd);
                h.done = true;
                h.collected = true;
                return;
            }
        }
        h.p = before;
    }

    private boolean tagWithProcess(boolean alsoWithout) {
        int before = h.p;
        boolean tag = fixed.tag();
        if (tag && !alsoWithout && h.from[PID] < 0) {
            h.from[COMPONENT] = -1;
            h.p = before;
            return false;
        }
        return tag;
    }
}
