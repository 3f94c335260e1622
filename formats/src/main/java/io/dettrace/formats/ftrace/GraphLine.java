package io.dettrace.formats.ftrace;

import io.dettrace.formats.kernel.KernelEvent;
import io.dettrace.formats.kernel.Payload;
import io.dettrace.formats.record.EventRecord;

/**
 * Lines of the function graph tracer: {@code  0)   0.382 us    |    getname();}. The columns behind the CPU are optional: a time
 * in front of it, the task, flags and the duration.
 */
final class GraphLine {
    /** What a call does: it begins, ends, or does both without calling anything that is traced. */
    private static final String ENTRY = "funcgraph_entry";

    private static final String EXIT = "funcgraph_exit";

    private static final String LEAF = "funcgraph_leaf";

    private GraphLine() {}

    /** The column that ends the CPU, {@code 0)}, or -1 if the line is of another tracer. */
    private static int cpu(String line, KernelEvent e) {
        int close = line.indexOf(')');
        if (close < 1 || close > 40) {
            return -1;
        }
        int from = close;
        while (from > 0 && Character.isDigit(line.charAt(from - 1))) {
            from--;
        }
        e.cpu = KernelEvent.number(line, from, close);
        String before = line.substring(0, from).strip();
        e.time = KernelEvent.NO_TIME;
        if (before.endsWith("|")) {
            String time = before.substring(0, before.length() - 1).strip();
            e.time = KernelEvent.nanos(time, 0, time.length(), 1);
            if (e.time == KernelEvent.NO_TIME) {
                return -1;
            }
        } else if (!before.isEmpty()) {
            return -1;
        }
        return e.cpu >= 0 && e.cpu < KernelEvent.MAX_CPUS ? close : -1;
    }

    /** True if a line with a head is a call beyond doubt, as in {@code trace_pipe}, which has no title. */
    static boolean isCall(String line) {
        String call = withoutComment(line.substring(line.lastIndexOf('|') + 1).strip());
        return call.endsWith("();") || call.endsWith("() {") || call.equals("}");
    }

    /** Fills {@code e}, with the call as its payload; false if the line is no call. */
    static boolean head(String line, KernelEvent e) {
        int close = cpu(line, e);
        int bar = close < 0 ? -1 : line.indexOf('|', close);
        if (bar < 0) {
            return false;
        }
        e.comm = "";
        e.tid = -1;
        e.tgid = -1;
        e.flags = "";
        String column = line.substring(close + 1, bar).strip();
        int dash = column.lastIndexOf('-');
        int second = line.indexOf('|', bar + 1);
        int tid = dash < 1 ? -1 : KernelEvent.number(column, dash + 1, column.length());
        if (tid >= 0 && second > 0) {
            e.comm = column.substring(0, dash);
            e.tid = tid;
            bar = second;
        }
        e.name = ENTRY;
        e.payloadAt = bar + 1;
        e.payload = line.substring(bar + 1);
        return true;
    }

    /** {@code  0)   sshd-123  =>  bash-234 }: the CPU goes to another task, whose events follow. */
    static boolean isSwitch(String line, KernelEvent e) {
        int close = cpu(line, e);
        int arrow = close < 0 || line.indexOf('|', close) >= 0 ? -1 : line.indexOf("=>", close);
        if (arrow < 0) {
            return false;
        }
        String task = line.substring(arrow + 2).strip();
        int dash = task.lastIndexOf('-');
        e.tid = dash < 1 ? -1 : KernelEvent.number(task, dash + 1, task.length());
        e.comm = dash < 1 ? "" : task.substring(0, dash);
        return e.tid >= 0;
    }

    /** The name of the event whose call is {@code text}. */
    static String kind(String text) {
        String call = call(text);
        return call.startsWith("/*")
                ? "funcgraph_comment"
                : call.startsWith("}") ? EXIT : withoutComment(call).endsWith("{") ? ENTRY : LEAF;
    }

    /** Adds depth and function of a call, which may have its duration in front of a bar. */
    static void add(String text, EventRecord record, Payload payload) {
        int bar = text.indexOf('|');
        String indented = bar >= 0 && !call(text).startsWith("/*") ? text.substring(bar + 1) : text;
        int depth = 0;
        while (depth < indented.length() && indented.charAt(depth) == ' ') {
            depth++;
        }
        String call = indented.strip();
        record.number("depth", depth / 2);
        if (call.startsWith("/*")) {
            String comment =
                    call.substring(2, call.endsWith("*/") && call.length() >= 4 ? call.length() - 2 : call.length());
            payload.add(comment);
            return;
        }
        String shown = call.startsWith("}") ? comment(call) : withoutComment(call);
        String function = shown.replaceAll("[{;]\\s*$", "").strip();
        if (function.endsWith("()")) {
            function = function.substring(0, function.length() - 2);
        }
        if (!function.isEmpty()) {
            record.text("function", Payload.withoutAddresses(function));
        }
    }

    private static String call(String text) {
        int bar = text.indexOf('|');
        int comment = text.indexOf("/*");
        return (bar >= 0 && (comment < 0 || bar < comment) ? text.substring(bar + 1) : text).strip();
    }

    private static String withoutComment(String call) {
        int from = call.indexOf("/*");
        return from < 0 ? call : call.substring(0, from).strip();
    }

    private static String comment(String call) {
        int from = call.indexOf("/*");
        int to = call.lastIndexOf("*/");
        return from < 0 || to < from + 2 ? "" : call.substring(from + 2, to).strip();
    }
}
