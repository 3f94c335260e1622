package io.dettrace.formats.ftrace;

import io.dettrace.formats.kernel.KernelEvent;

/**
 * The head of one line of ftrace text, {@code comm-pid (tgid) [cpu] flags time: event: payload}, taken apart from the middle:
 * the command's name may hold blanks, dashes and brackets, so what counts is the first {@code [cpu]} that has a number of a
 * thread before it and a time behind it. The latency format ({@code comm-pid 3d..1 12us+: ...}) is known too.
 */
final class FtraceLine {
    private static final int MAX_FLAGS = 12;

    private FtraceLine() {}

    /**
     * Fills {@code e} up to where the event's name begins.
     *
     * @param unit nanoseconds of a time without decimals
     * @return index of the first character behind the time's colon, or -1 if the line is no event
     */
    static int head(String line, KernelEvent e, long unit) {
        for (int open = line.indexOf('['); open >= 0; open = line.indexOf('[', open + 1)) {
            int close = line.indexOf(']', open);
            if (close < 0) {
                break;
            }
            e.cpu = KernelEvent.number(line, open + 1, close);
            if (e.cpu >= 0 && e.cpu < KernelEvent.MAX_CPUS && task(line, open, e)) {
                int after = time(line, close + 1, e, unit);
                if (after >= 0) {
                    return after;
                }
            }
        }
        return latency(line, e);
    }

    /** {@code comm-pid} and perhaps {@code (tgid)} in front of {@code end}; an empty rest is a line without its task. */
    private static boolean task(String line, int end, KernelEvent e) {
        e.tgid = -1;
        int at = blanksBefore(line, end);
        if (at == 0) {
            e.comm = "";
            e.tid = -1;
            return true;
        }
        if (line.charAt(at - 1) == ')') {
            int open = line.lastIndexOf('(', at);
            if (open < 0) {
                return false;
            }
            int from = open + 1;
            while (from < at - 1 && line.charAt(from) == ' ') {
                from++;
            }
            e.tgid = KernelEvent.number(line, from, at - 1);
            at = blanksBefore(line, open);
        }
        int digits = at;
        while (digits > 0 && isDigit(line.charAt(digits - 1))) {
            digits--;
        }
        e.tid = KernelEvent.number(line, digits, at);
        if (e.tid < 0 || digits == 0 || line.charAt(digits - 1) != '-') {
            return false;
        }
        e.comm = line.substring(0, digits - 1).strip();
        return true;
    }

    private static int blanksBefore(String line, int end) {
        int at = end;
        while (at > 0 && (line.charAt(at - 1) == ' ' || line.charAt(at - 1) == '\t')) {
            at--;
        }
        return at;
    }

    private static int time(String line, int from, KernelEvent e, long unit) {
        int at = blanks(line, from);
        int end = word(line, at);
        int colon = end - 1;
        if (colon > at && line.charAt(colon) == ':') {
            e.flags = "";
        } else {
            if (end - at > MAX_FLAGS || end == at) {
                return -1;
            }
            e.flags = line.substring(at, end);
            at = blanks(line, end);
            end = word(line, at);
            colon = end - 1;
            if (colon <= at || line.charAt(colon) != ':') {
                return -1;
            }
        }
        e.time = KernelEvent.nanos(line, at, colon, unit);
        return e.time == KernelEvent.NO_TIME ? -1 : end;
    }

    /** {@code bash-4251    0d..1  123us+: text}: CPU and flags in one word, time in microseconds since the trace began. */
    private static int latency(String line, KernelEvent e) {
        int colon = line.indexOf(": ");
        int us = colon < 0 ? -1 : line.lastIndexOf("us", colon);
        if (us < 1 || colon - us > 3 || !isDigit(line.charAt(us - 1))) {
            return -1;
        }
        int time = us;
        while (time > 0 && (isDigit(line.charAt(time - 1)) || line.charAt(time - 1) == '.')) {
            time--;
        }
        int flagsEnd = blanksBefore(line, time);
        int flags = flagsEnd;
        while (flags > 0 && line.charAt(flags - 1) != ' ') {
            flags--;
        }
        int digits = flags;
        while (digits < flagsEnd && isDigit(line.charAt(digits))) {
            digits++;
        }
        e.cpu = KernelEvent.number(line, flags, digits);
        e.time = KernelEvent.nanos(line, time, us, 1_000L);
        if (e.time != KernelEvent.NO_TIME && line.lastIndexOf('.', us) >= time) {
            e.time /= 1_000_000L;
        }
        boolean fits = e.cpu >= 0 && e.cpu < KernelEvent.MAX_CPUS && e.time != KernelEvent.NO_TIME;
        if (!fits || flagsEnd - digits > MAX_FLAGS || !task(line, flags, e) || e.tid < 0) {
            return -1;
        }
        e.flags = line.substring(digits, flagsEnd);
        return colon + 1;
    }

    private static int blanks(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int word(String line, int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Takes name and payload from what stands behind the time. */
    static void body(String line, int from, KernelEvent e) {
        int at = blanks(line, from);
        int end = at;
        while (end < line.length() && isName(line.charAt(end))) {
            end++;
        }
        char behind = end < line.length() ? line.charAt(end) : 0;
        int arrow = line.indexOf(" <-", at);
        boolean named = end > at && !isDigit(line.charAt(at));
        if (named && behind == ':' && (end + 1 == line.length() || line.charAt(end + 1) != ':')) {
            e.name = line.substring(at, end);
            e.payloadAt = end + 1;
        } else if (named && (behind == '(' || line.startsWith(" -> ", end))) {
            e.name = line.substring(at, end);
            e.payloadAt = end;
        } else if (arrow > 0 && line.indexOf(": ", at) < 0) {
            e.name = "function";
            e.payloadAt = at;
        } else {
            e.name = line.startsWith("<stack trace>", at)
                    ? "kernel_stack"
                    : line.startsWith("<user stack trace>", at)
                            ? "user_stack"
                            : isFunction(line, at, end) ? "function" : "print";
            e.payloadAt = at;
        }
        e.payload = line.substring(e.payloadAt);
        if (e.name.equals("print")) {
            ContextLine.rewrite(e);
        }
    }

    /** A name alone, or one with its offset, is a function whose caller is not known; messages have a colon behind a name. */
    private static boolean isFunction(String line, int from, int end) {
        boolean named = end > from && !isDigit(line.charAt(from)) && line.charAt(from) != '-';
        return named
                && (line.startsWith("+0x", end) ? word(line, end) : end)
                        == line.stripTrailing().length();
    }

    /**
     * The line with blanks in place of what printk puts in front of it, {@code [   12.345678] } and perhaps {@code [    T1] }: a
     * kernel that dies prints its trace into the log.
     */
    static String withoutPrintkTime(String line) {
        int close = line.isEmpty() || line.charAt(0) != '[' ? -1 : line.indexOf(']');
        int dot = close < 8 ? -1 : close - 7;
        if (dot < 2 || line.charAt(dot) != '.' || !isDigit(line.charAt(dot - 1))) {
            return line;
        }
        for (int i = 1; i < close; i++) {
            char c = line.charAt(i);
            if (i != dot && !isDigit(c) && !(c == ' ' && i < dot)) {
                return line;
            }
        }
        int end = close + 1;
        int caller = line.startsWith(" [", end) ? line.indexOf(']', end) : -1;
        if (caller > 0) {
            String who = line.substring(end + 2, caller).strip();
            boolean known =
                    who.length() > 1 && (who.charAt(0) == 'T' || who.charAt(0) == 'C') && isDigit(who.charAt(1));
            end = known ? caller + 1 : end;
        }
        return " ".repeat(end) + line.substring(end);
    }

    private static boolean isName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '.' || c == '-';
    }
}
