package io.dettrace.formats.perf;

import io.dettrace.formats.kernel.KernelEvent;

/**
 * A system call as {@code perf trace} prints it: {@code   0.123 ( 0.004 ms): ls/1234 openat(dfd: CWD, filename: "x") = 3}.
 */
final class PerfTraceLine {
    private static final String CONTINUED = "... [continued]:";

    /** What the call gave back, or empty. */
    String result;

    /** Fills {@code e}, the call's arguments as payload; false if the line is no such call. */
    boolean read(String line, KernelEvent e) {
        String text = line.stripLeading();
        int lead = line.length() - text.length();
        int space = text.indexOf(' ');
        int close = text.indexOf("): ");
        if (space < 1 || close < 0 || text.charAt(Math.min(space + 1, text.length() - 1)) != '(') {
            return false;
        }
        int dot = text.indexOf('.');
        e.time = dot < 0 || dot > space ? KernelEvent.NO_TIME : KernelEvent.nanos(text, 0, space, 1);
        if (e.time == KernelEvent.NO_TIME && !text.startsWith("? ")) {
            return false;
        }
        e.time = e.time == KernelEvent.NO_TIME ? e.time : e.time / 1_000;
        int task = close + 3;
        int slash = text.indexOf('/', task);
        int end = slash < 0 ? -1 : text.indexOf(' ', slash);
        int open = end < 0 ? -1 : text.indexOf('(', end);
        if (open < 0) {
            return false;
        }
        e.tid = KernelEvent.number(text, slash + 1, end);
        String call = text.substring(end + 1, open).strip();
        call = call.startsWith(CONTINUED) ? call.substring(CONTINUED.length()).strip() : call;
        if (e.tid < 0 || call.isEmpty() || call.indexOf(' ') >= 0) {
            return false;
        }
        e.comm = text.substring(task, slash).strip();
        e.tgid = -1;
        e.cpu = -1;
        e.flags = "";
        e.name = call;
        int last = closing(text, open);
        e.payloadAt = lead + open + 1;
        e.payload = text.substring(open + 1, last < 0 ? text.length() : last);
        if (e.payload.equals(")")) {
            e.payload = ""; // a call that goes on is printed as "execve())"
        }
        int equals = last < 0 ? -1 : text.indexOf("= ", last);
        result = equals < 0 ? "" : text.substring(equals + 2).strip();
        return true;
    }

    /** The bracket that ends the arguments: blanks and an equals sign follow it; -1 if the call is not over on this line. */
    private static int closing(String text, int open) {
        for (int close = text.indexOf(')', open); close >= 0; close = text.indexOf(')', close + 1)) {
            int at = close + 1;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at > close + 1 && text.startsWith("= ", at)) {
                return close;
            }
        }
        return -1;
    }
}
