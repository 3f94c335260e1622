package io.dettrace.formats.log;

import java.nio.charset.StandardCharsets;

/** Parts of a header in brackets: time, level, thread, numbers of process and thread, client, request, logger. */
final class HeaderBrackets {
    private final HeaderLine h;

    HeaderBrackets(HeaderLine line) {
        h = line;
    }

    /** Takes the bracket that begins here, if it is one of a header. */
    boolean bracket(int opener) {
        int close = h.closing(h.p);
        if (close < 0 || !HeaderLine.isBlank(h.at(close + 1)) && "[(:-|".indexOf(h.at(close + 1)) < 0) {
            return false;
        }
        int start = h.skipBlanks(h.p + 1);
        int stop = close;
        while (stop > start && HeaderLine.isBlank(h.b[stop - 1])) {
            stop--;
        }
        if (stop == start) {
            h.p = close + 1;
            return true;
        }
        if (!inBracket(start, stop, opener)) {
            return false;
        }
        h.p = h.at(close + 1) == ':' ? close + 2 : close + 1;
        return true;
    }

    private boolean inBracket(int start, int stop, int opener) {
        if (!h.timed && h.takeTime(start)) {
            int rest = h.skipBlanks(h.p);
            if (rest < stop && !levelAndWorker(rest, stop)) {
                h.set(Header.COMPONENT, rest, stop);
            }
            return true;
        }
        if (!h.timed && uptime(start, stop)) {
            return true;
        }
        if (h.from[Header.LEVEL] < 0 && h.isLevel(start, stop, true)) {
            h.set(Header.LEVEL, start, stop);
            return true;
        }
        if (!h.timed && h.from[Header.LEVEL] < 0) {
            return false;
        }
        if (h.digitsEnd(start) == stop) {
            h.set(h.from[Header.PID] < 0 ? Header.PID : Header.TID, start, stop);
            return true;
        }
        return opener == '[' && word(start, stop);
    }

    private boolean word(int start, int stop) {
        int colon = start;
        while (colon < stop && h.b[colon] != ':') {
            colon++;
        }
        if (h.from[Header.LEVEL] < 0 && colon < stop && h.isLevel(colon + 1, stop, true)) {
            h.set(Header.COMPONENT, start, colon);
            h.set(Header.LEVEL, colon + 1, stop);
            return true;
        }
        if (h.startsWith(start, "pid ")) {
            int q = h.digitsEnd(start + 4);
            h.set(Header.PID, start + 4, q);
            if (h.startsWith(q, ":tid ")) {
                h.set(Header.TID, q + 5, stop);
            }
            return true;
        }
        if (h.startsWith(start, "client ")) {
            h.set(Header.CLIENT, start + 7, stop);
            return true;
        }
        if (h.startsWith(start, "req-")) {
            h.set(Header.REQUEST, start, stop);
            return true;
        }
        boolean logger = isLogger(start, stop) && h.from[Header.COMPONENT] < 0;
        int part = h.from[Header.THREAD] < 0 && !logger ? Header.THREAD : Header.COMPONENT;
        if (h.from[part] >= 0) {
            return false;
        }
        h.set(part, start, stop);
        return true;
    }

    /** {@code [2014-07-15 15:02:53,406: INFO/MainProcess]}: level and process behind the time, as Celery writes them. */
    private boolean levelAndWorker(int rest, int stop) {
        int level = h.at(rest) == ':' ? h.skipBlanks(rest + 1) : rest;
        int slash = level;
        while (slash < stop && HeaderLine.isLetter(h.at(slash))) {
            slash++;
        }
        if (h.at(slash) != '/' || slash + 1 >= stop || !h.isLevel(level, slash, false)) {
            return false;
        }
        h.set(Header.LEVEL, level, slash);
        h.set(Header.THREAD, slash + 1, stop);
        return true;
    }

    /** True for a dotted name right behind the level's bracket, which is a logger: {@code [INFO ][org.example.Main]}. */
    private boolean isLogger(int start, int stop) {
        boolean behindLevel = h.from[Header.LEVEL] >= 0
                && start >= 2
                && h.at(h.p) == '['
                && h.at(h.p - 1) == ']'
                && h.from[Header.LEVEL] < h.p
                && h.p - h.to[Header.LEVEL] < 4;
        int dots = 0;
        for (int i = start; i < stop; i++) {
            dots += h.at(i) == '.' ? 1 : 0;
            if (h.at(i) == ' ' || h.at(i) == '@' || h.at(i) == '#') {
                return false;
            }
        }
        return behindLevel && dots > 0;
    }

    /** {@code [    0.123456]}, seconds since the kernel started. */
    private boolean uptime(int start, int stop) {
        int dot = h.digitsEnd(start);
        if (h.at(dot) != '.' || dot == start || dot - start > 9 || h.digitsEnd(dot + 1) != stop || stop - dot != 7) {
            return false;
        }
        long seconds = Long.parseLong(new String(h.b, start, dot - start, StandardCharsets.US_ASCII));
        long micros = Long.parseLong(new String(h.b, dot + 1, 6, StandardCharsets.US_ASCII));
        h.timed = true;
        h.dated = true;
        h.nanos = seconds * 1_000_000_000L + micros * 1_000L;
        return true;
    }
}
