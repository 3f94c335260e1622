package io.dettrace.formats.perf;

import io.dettrace.formats.kernel.KernelEvent;
import io.dettrace.formats.kernel.Payload;
import java.util.regex.Pattern;

/**
 * The head of one sample of {@code perf script}: {@code comm pid/tid [cpu] time: period event: rest}, where process or thread,
 * CPU, time and period may be missing, as {@code perf script -F} chooses them. The command's name may hold blanks, so the line is
 * taken apart from the first number of a task that has the right things behind it.
 */
final class PerfLine {
    private static final int SURE_DIGITS = 10;

    private static final Pattern TASK_FIRST = Pattern.compile("\\s*\\d+(?:/\\d+)?\\s+(?:\\[\\d+\\]\\s+)?\\d+\\.\\d+: ");

    private static final String MAX_UNSIGNED = "18446744073709551615";

    /** Number of events that the sample stands for, or -1. */
    long period;

    /** Subsystem of a tracepoint, such as {@code sched}, or empty. */
    String subsystem;

    private String line;
    private int at;
    private KernelEvent e;

    /** Fills {@code event}; false if the line is no head of a sample. */
    boolean read(String text, KernelEvent event) {
        line = text;
        e = event;
        int start = blanks(0);
        int first = wordEnd(start);
        if (withoutComm(start)) {
            return true;
        }
        if (line.substring(start, first).indexOf('/') > 0 && task(start) && rest(start, start)) {
            return true;
        }
        for (int i = wordEnd(start); i < line.length(); i = wordEnd(blanks(i))) {
            int from = blanks(i);
            if (task(from) && rest(start, i)) {
                return true;
            }
        }
        return false;
    }

    /** A line of {@code -F -comm}, which begins with the number of the task: then a CPU or a time must follow, and an event. */
    private boolean withoutComm(int start) {
        if (!task(start)) {
            return false;
        }
        int next = blanks(at);
        int end = wordEnd(next);
        boolean cpu = next < line.length() && line.charAt(next) == '[';
        boolean time = end > next
                && line.charAt(end - 1) == ':'
                && line.substring(next, end).indexOf('.') > 0;
        return (cpu || time) && rest(start, start) && e.time != KernelEvent.NO_TIME;
    }

    /** True if the line is a head of {@code -F -comm}, whose number of a task would pass for the address of a frame. */
    static boolean beginsWithTask(String text) {
        return TASK_FIRST.matcher(text).lookingAt();
    }

    private boolean rest(int start, int nameEnd) {
        e.comm = line.substring(start, nameEnd);
        e.cpu = -1;
        e.time = KernelEvent.NO_TIME;
        e.flags = "";
        period = -1;
        at = blanks(at);
        cpu();
        boolean timed = time();
        period();
        return event(timed);
    }

    /** {@code 123} or {@code 123/124} at {@code from}. */
    private boolean task(int from) {
        int end = wordEnd(from);
        int slash = line.indexOf('/', from);
        e.tgid = -1;
        if (slash > 0 && slash < end) {
            e.tgid = number(from, slash);
            e.tid = number(slash + 1, end);
            at = end;
            return e.tgid >= 0 && e.tid >= 0;
        }
        e.tid = number(from, end);
        at = end;
        return e.tid >= 0;
    }

    /** A number of a task; perf prints -1 where it knows none, which is taken as none of ours. */
    private long number(int from, int to) {
        boolean none = to - from == 2 && line.startsWith("-1", from);
        return none ? 0 : KernelEvent.number(line, from, to);
    }

    private void cpu() {
        if (at < line.length() && line.charAt(at) == '[') {
            int close = line.indexOf(']', at);
            int cpu = close < 0 ? -1 : KernelEvent.number(line, at + 1, close);
            boolean none = line.startsWith("[-01]", at);
            if (none || cpu >= 0 && cpu < KernelEvent.MAX_CPUS) {
                e.cpu = cpu;
                at = blanks(close + 1);
            }
        }
        misc();
        int end = wordEnd(at);
        boolean flags = end - at >= 4 && end - at <= 6 && end < line.length() && looksLikeFlags(at, end);
        if (flags) {
            e.flags = line.substring(at, end);
            at = blanks(end);
        }
    }

    /** Steps over where the sample was taken, {@code K}, {@code U} and the like, as {@code -F +misc} adds it. */
    private void misc() {
        int end = wordEnd(at);
        int i = at;
        while (i < end && "KUHGgMESPF".indexOf(line.charAt(i)) >= 0) {
            i++;
        }
        boolean timeFollows =
                i == end && end > at && blanks(end) < line.length() && Character.isDigit(line.charAt(blanks(end)));
        at = timeFollows ? blanks(end) : at;
    }

    private boolean looksLikeFlags(int from, int to) {
        for (int i = from; i < to; i++) {
            if (".dDnNpPbhHsSzZ0123456789".indexOf(line.charAt(i)) < 0) {
                return false;
            }
        }
        return line.indexOf('.', from) >= 0 && line.indexOf('.', from) < to && !Character.isDigit(line.charAt(from));
    }

    private boolean time() {
        int end = wordEnd(at);
        if (end > at + 1 && line.charAt(end - 1) == ':') {
            long time = KernelEvent.nanos(line, at, end - 1, 1_000_000_000L);
            boolean decimal = line.indexOf('.', at) > 0 && line.indexOf('.', at) < end;
            if (time != KernelEvent.NO_TIME && decimal) {
                e.time = time;
                at = blanks(end);
                return true;
            }
        }
        return false;
    }

    private void period() {
        int end = wordEnd(at);
        String word = line.substring(at, end);
        if (isPeriod(word)) {
            period = Long.parseUnsignedLong(word) < 0 ? Long.MAX_VALUE : Long.parseLong(word);
            at = blanks(end);
        }
    }

    /** A number of 64 bits without a sign. */
    private static boolean isPeriod(String word) {
        return Payload.isNumber(word) && word.charAt(0) != '-'
                || word.length() >= 19
                        && word.length() <= MAX_UNSIGNED.length()
                        && word.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (word.length() < MAX_UNSIGNED.length() || word.compareTo(MAX_UNSIGNED) <= 0);
    }

    private boolean event(boolean timed) {
        subsystem = "";
        int end = wordEnd(at);
        if (end == at) {
            e.name = "sample";
            e.payload = "";
            e.payloadAt = line.length();
            return timed;
        }
        String word = line.substring(at, end);
        if (word.startsWith("PERF_RECORD_")) {
            int name = "PERF_RECORD_".length();
            while (name < word.length() && (Character.isLetterOrDigit(word.charAt(name)) || word.charAt(name) == '_')) {
                name++;
            }
            e.name = word.substring(0, name);
            e.payloadAt = at + name;
        } else if (word.endsWith(":") && word.length() > 1 && !word.equals("::")) {
            name(word.substring(0, word.length() - 1));
            e.payloadAt = end;
        } else if (timed && e.cpu >= 0 || timed && e.tgid >= 0) {
            e.name = "sample";
            e.payloadAt = at;
        } else {
            return false;
        }
        e.payload = line.substring(e.payloadAt);
        return true;
    }

    private void name(String word) {
        int colon = word.indexOf(':');
        boolean tracepoint = colon > 0 && colon + 3 < word.length() && !word.endsWith(":");
        subsystem = tracepoint ? word.substring(0, colon) : "";
        e.name = tracepoint ? word.substring(colon + 1) : word;
        if (e.name.endsWith(":")) {
            e.name = e.name.substring(0, e.name.length() - 1);
        }
    }

    private int blanks(int from) {
        int i = from;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private int wordEnd(int from) {
        int i = from;
        while (i < line.length() && line.charAt(i) != ' ' && line.charAt(i) != '\t') {
            i++;
        }
        return i;
    }

    /**
     * The function of a line of a stack, {@code  ffffffff8100 name+0x1 (/lib/x.so)}, its address as a field of its own left out;
     * null if the line is none.
     */
    static String frame(String text) {
        String s = text.strip();
        int space = s.indexOf(' ');
        int hex = space < 0 ? s.length() : space;
        for (int i = 0; i < hex; i++) {
            if (Character.digit(s.charAt(i), 16) < 0) {
                return null;
            }
        }
        if (hex == 0 || hex > 16 || text.charAt(0) != ' ' && text.charAt(0) != '\t') {
            return null;
        }
        String symbol = space < 0 ? "[unknown]" : s.substring(space + 1).strip();
        return symbol(symbol);
    }

    /** True for a frame whose address, or whose file, leaves no doubt that it is one. */
    static boolean isSureFrame(String text) {
        String s = text.strip();
        int hex = s.indexOf(' ');
        String file = s.substring(Math.max(0, s.lastIndexOf(" (")));
        boolean named =
                hex >= 3 && s.endsWith(")") && (file.contains("/") || file.contains("[") || file.equals(" (inlined)"));
        return (named || hex >= SURE_DIGITS || hex < 0 && s.length() >= SURE_DIGITS) && frame(text) != null;
    }

    /** A symbol without the offset in it and the file that it is in; that file's name where it has no symbol. */
    static String symbol(String text) {
        String symbol = text;
        String object = "";
        int open = symbol.lastIndexOf(" (");
        if (open >= 0 && symbol.endsWith(")")) {
            object = symbol.substring(open + 2, symbol.length() - 1);
            symbol = symbol.substring(0, open);
        } else if (symbol.startsWith("(") && symbol.endsWith(")")) {
            object = symbol.substring(1, symbol.length() - 1);
            symbol = "";
        }
        int offset = symbol.lastIndexOf("+0x");
        if (offset > 0) {
            symbol = symbol.substring(0, offset);
        }
        if (symbol.isEmpty() || symbol.equals("[unknown]")) {
            symbol = object.isEmpty() || object.equals("[unknown]")
                    ? "[unknown]"
                    : "[" + object.substring(object.lastIndexOf('/') + 1) + "]";
        }
        return Payload.withoutAddresses(symbol.replace(';', ':'));
    }
}
