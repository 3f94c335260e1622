package io.dettrace.formats.ftrace;

import io.dettrace.formats.kernel.KernelEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The switches and wakeups that the kernel's wakeup tracers put among the functions ({@code trace_ctxwake_print}):
 * {@code 0:120:R ==> [003]  2389: 94:R sleep}, or with {@code +} for a wakeup. They say what {@code sched_switch} and {@code
 * sched_wakeup} say, and are brought into the form of those.
 */
final class ContextLine {
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*(\\d{1,9}):\\s*(\\d{1,4}):(\\S{1,4})\\s+(==>|\\+)\\s+\\[(\\d+)\\]\\s+(\\d{1,9}):\\s*(\\d{1,4}):\\S{1,4} (.*)");

    private ContextLine() {}

    /** Gives {@code e} the name and the payload of the scheduler's own event if its payload is such an entry. */
    static void rewrite(KernelEvent e) {
        if (e.payload.indexOf('[') < 0 || e.payload.indexOf(':') < 0) {
            return;
        }
        Matcher m = ENTRY.matcher(e.payload);
        if (!m.matches()) {
            return;
        }
        String comm = m.group(8).strip();
        if (m.group(4).equals("+")) {
            e.name = "sched_wakeup";
            e.payload = "comm=" + comm + " pid=" + m.group(6) + " prio=" + m.group(7) + " target_cpu=" + m.group(5);
        } else {
            e.name = "sched_switch";
            e.payload = "prev_comm=" + e.comm + " prev_pid=" + m.group(1) + " prev_prio=" + m.group(2) + " prev_state="
                    + m.group(3) + " ==> next_comm=" + comm + " next_pid=" + m.group(6) + " next_prio=" + m.group(7);
        }
    }
}
