package io.dettrace.formats.kernel;

import io.dettrace.formats.record.EventRecord;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Puts a kernel event into its lane and makes the causal links between threads.
 *
 * <p>Events happen in the thread that the kernel names on their line, and those in interrupts in a lane of the CPU's
 * interrupts. {@code sched_switch} is two events: the switch-out in the lane of the thread that leaves the CPU, and {@code
 * sched_switch_in} in the lane of the one that gets it; the second's place is the part of the line that speaks of it. A
 * switch-in is linked to what woke or moved the thread since its last switch-in ({@code sched_waking}, {@code sched_wakeup},
 * {@code sched_wakeup_new}, {@code sched_migrate_task}); the first event of a thread to the {@code sched_process_fork} that
 * made it.
 *
 * <p>With lanes by CPU every event is in the lane of its CPU, a switch is one event, and there are no links.
 */
public final class Scheduling {
    /** Threads that wait for their switch-in at the same time; what wakes further ones is not linked. */
    public static final int MAX_WAITING = 200_000;

    /** Links of one switch-in. */
    private static final int MAX_CAUSES = 16;

    private final EventRecord record;
    private final Payload payload;
    private final boolean byCpu;
    private final Threads threads = new Threads();
    private final Long2ObjectHashMap<List<String>> causes = new Long2ObjectHashMap<>();
    private long count;

    private final int lane;
    private final int event;
    private final int time;
    private final int comm;
    private final int tid;
    private final int tgid;
    private final int cpu;
    private final int flags;
    private final int id;
    private final int links;

    private boolean pendingIn;
    private long nextTid;
    private String nextComm;
    private String nextPrio;
    private long inTime;
    private int inCpu;

    /** Fills {@code record}. */
    public Scheduling(EventRecord record, Payload payload, boolean byCpu) {
        this.record = record;
        this.payload = payload;
        this.byCpu = byCpu;
        lane = record.path("lane");
        event = record.path("event");
        time = record.path("time_ns");
        comm = record.path("comm");
        tid = record.path("tid");
        tgid = record.path("tgid");
        cpu = record.path("cpu");
        flags = record.path("flags");
        id = record.path("id");
        links = record.path("links");
    }

    /** Fills the record with the event's head and payload. */
    public void event(KernelEvent e) {
        switch (e.name) {
            case "sched_switch" -> switchOut(e);
            case "sched_waking", "sched_wakeup", "sched_wakeup_new", "sched_migrate_task" -> wake(e);
            case "sched_process_fork" -> fork(e);
            case "sched_process_free" -> {
                head(e, e.name);
                payload.add(e.payload);
                threads.end(number(value(e.payload, "pid=")));
            }
            default -> {
                head(e, e.name);
                payload.add(e.payload);
            }
        }
    }

    /** Fills the record with the event's head only, under another name. */
    public void head(KernelEvent e, String name) {
        String home = home(e);
        record.text(lane, home);
        record.text(event, name);
        common(e.time, e.cpu);
        record.text(comm, e.comm);
        if (e.tid >= 0) {
            record.number(tid, e.tid);
        }
        if (e.tgid >= 0) {
            record.number(tgid, e.tgid);
        }
        if (!e.flags.isEmpty()) {
            record.text(flags, e.flags);
        }
        if (!byCpu && !e.inInterrupt() && e.tid > 0) {
            born(e.tid);
        }
    }

    private void common(long at, int onCpu) {
        if (at != KernelEvent.NO_TIME) {
            record.number(time, at);
        }
        if (onCpu >= 0) {
            record.number(cpu, onCpu);
        }
    }

    private String home(KernelEvent e) {
        if (byCpu || e.tid < 0) {
            return e.cpu < 0 ? "unknown" : threads.cpu(e.cpu);
        }
        if (e.cpu >= 0 && e.inInterrupt()) {
            return threads.interrupt(e.cpu);
        }
        return threads.lane(e.tid, e.comm, Math.max(0, e.cpu));
    }

    /** Links a thread's first event to the fork that made it. */
    private void born(long thread) {
        List<String> fork = causes.get(~thread);
        if (fork != null) {
            causes.remove(~thread);
            record.json(links, "[\"" + fork.get(0) + "\"]");
        }
    }

    private String define() {
        String name = "e" + ++count;
        record.text(id, name);
        return name;
    }

    private void cause(long of, String what) {
        List<String> known = causes.get(of);
        if (known == null) {
            if (causes.size() >= MAX_WAITING) {
                return;
            }
            known = new ArrayList<>(2);
            causes.put(of, known);
        }
        if (known.size() < MAX_CAUSES) {
            known.add(what);
        }
    }

    private void wake(KernelEvent e) {
        head(e, e.name);
        String woken = value(e.payload, "pid=");
        if (woken.isEmpty()) {
            shortForm(e);
        } else {
            payload.add(e.payload);
        }
        long thread = number(woken.isEmpty() ? shortTid(e.payload) : woken);
        if (!byCpu && thread > 0) {
            cause(thread, define());
        }
    }

    private void fork(KernelEvent e) {
        head(e, e.name);
        payload.add(e.payload);
        long child = number(value(e.payload, "child_pid="));
        if (!byCpu && child > 0) {
            String name = value(e.payload, "child_comm=");
            threads.start(child, name);
            causes.remove(~child);
            causes.remove(child);
            cause(~child, define());
        }
    }

    // ---- switches --------------------------------------------------------------------------------------------------

    private void switchOut(KernelEvent e) {
        int arrow = e.payload.indexOf("==>");
        if (arrow < 0) {
            head(e, e.name);
            payload.add(e.payload);
            return;
        }
        boolean keyed = e.payload.contains("prev_comm=");
        head(e, e.name);
        if (byCpu) {
            if (keyed) {
                payload.add(e.payload);
            } else {
                shortForm(e);
            }
            return;
        }
        String before = e.payload.substring(0, arrow).strip();
        String after = e.payload.substring(arrow + 3).strip();
        if (keyed) {
            payload.add(before);
            nextTid = number(value(after, "next_pid="));
            nextComm = value(after, "next_comm=");
            nextPrio = value(after, "next_prio=");
        } else {
            shortTask(before, "prev_");
            nextTid = number(shortTid(after));
            nextComm = shortComm(after);
            nextPrio = shortPrio(after);
        }
        if (nextTid >= 0) {
            record.text("next.comm", nextComm);
            record.number("next.pid", nextTid);
            pendingIn = true;
            inTime = e.time;
            inCpu = e.cpu;
        }
        if (e.tid > 0 && (before.contains("prev_state=X") || before.contains("prev_state=Z"))) {
            threads.end(e.tid);
        }
    }

    /** True if the line's switch-in is still to be handed out by {@link #switchIn}. */
    public boolean hasSwitchIn() {
        return pendingIn;
    }

    /** Fills the record with the switch-in. */
    public void switchIn() {
        pendingIn = false;
        String home = threads.lane(nextTid, nextComm, Math.max(0, inCpu));
        record.text(lane, home);
        record.text(event, "sched_switch_in");
        common(inTime, inCpu);
        record.text(comm, nextComm);
        record.number(tid, nextTid);
        if (!nextPrio.isEmpty()) {
            if (Payload.isNumber(nextPrio)) {
                record.decimal(record.path("args.next_prio"), nextPrio);
            } else {
                record.text("args.next_prio", nextPrio);
            }
        }
        List<String> woken = causes.remove(nextTid);
        List<String> fork = causes.remove(~nextTid);
        if (nextTid > 0 && (woken != null || fork != null)) {
            StringBuilder all = new StringBuilder("[");
            for (List<String> some : java.util.Arrays.asList(fork, woken)) {
                for (String one : some == null ? List.<String>of() : some) {
                    all.append(all.length() == 1 ? "" : ",")
                            .append('"')
                            .append(one)
                            .append('"');
                }
            }
            record.json(links, all.append(']'));
        }
    }

    // ---- the short form of trace-cmd -------------------------------------------------------------------------------

    /** {@code bash:123 [120] success=1 CPU:002}, as trace-cmd's scheduler plug-in writes it. */
    private void shortForm(KernelEvent e) {
        int arrow = e.payload.indexOf("==>");
        if (arrow >= 0) {
            shortTask(e.payload.substring(0, arrow).strip(), "prev_");
            payload.add("next_comm=" + shortComm(e.payload.substring(arrow + 3)) + " next_prio="
                    + shortPrio(e.payload.substring(arrow + 3)));
        } else if (shortTid(e.payload).isEmpty()) {
            payload.add(e.payload);
        } else {
            shortTask(e.payload.strip(), "");
        }
    }

    private void shortTask(String task, String prefix) {
        int close = task.lastIndexOf(']');
        String rest = close < 0 ? "" : task.substring(close + 1).strip();
        StringBuilder keyed = new StringBuilder();
        keyed.append(prefix).append("comm=").append(shortComm(task));
        keyed.append(' ').append(prefix).append("pid=").append(shortTid(task));
        keyed.append(' ').append(prefix).append("prio=").append(shortPrio(task));
        if (!rest.isEmpty()) {
            keyed.append(' ')
                    .append(rest.contains("=") ? "" : prefix + "state=")
                    .append(rest.replace("CPU:", "target_cpu="));
        }
        payload.add(keyed.toString());
    }

    private static int shortColon(String task) {
        int open = task.lastIndexOf('[');
        return open < 0 ? -1 : task.lastIndexOf(':', open);
    }

    private static String shortTid(String task) {
        int colon = shortColon(task);
        return colon < 0 ? "" : task.substring(colon + 1, task.lastIndexOf('[')).strip();
    }

    private static String shortComm(String task) {
        int colon = shortColon(task);
        return colon < 0 ? "" : task.substring(0, colon).strip();
    }

    private static String shortPrio(String task) {
        int open = task.lastIndexOf('[');
        int close = task.indexOf(']', open + 1);
        return open < 0 || close < 0 ? "" : task.substring(open + 1, close).strip();
    }

    /** The value behind {@code key}, which ends with {@code =}, up to the next key or the end; empty if there is none. */
    private static String value(String payload, String key) {
        int at = payload.indexOf(key);
        while (at > 0 && payload.charAt(at - 1) != ' ') {
            at = payload.indexOf(key, at + 1);
        }
        if (at < 0) {
            return "";
        }
        int from = at + key.length();
        int end = payload.indexOf('=', from);
        if (end < 0) {
            end = payload.length();
        } else {
            int space = payload.lastIndexOf(' ', end);
            end = space < from ? from : space;
        }
        return payload.substring(from, end).strip();
    }

    private static long number(String digits) {
        return Payload.isNumber(digits) ? Long.parseLong(digits) : -1;
    }
}
