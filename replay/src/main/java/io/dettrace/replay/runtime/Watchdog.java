package io.dettrace.replay.runtime;

import java.lang.management.ManagementFactory;

/**
 * Notices when the holder of the token does nothing any more: it waits for something that nobody can control, and with
 * it everybody else. Says so, with the stack, and ends the run.
 */
final class Watchdog extends EngineThread {
    private static final int TICK_MILLIS = 200;

    /** How long the JVM may take to end, once the run is over, before the other threads are let go. */
    private static final int SHUTDOWN_MILLIS = 2_000;

    private final Scheduler scheduler;
    private final long limit;

    Watchdog(Scheduler scheduler) {
        super("dettrace-watchdog");
        this.scheduler = scheduler;
        limit = scheduler.recording.watchdogMillis();
    }

    @Override
    public void run() {
        long seen = -1;
        ControlledThread holder = null;
        long still = 0;
        long busy = 0;
        while (!scheduler.over) {
            pause(TICK_MILLIS);
            ControlledThread now = Scheduler.running;
            if (limit == 0 || scheduler.events != seen || now != holder || now == null || !stuck(now)) {
                seen = scheduler.events;
                holder = now;
                still = 0;
                busy = 0;
                continue;
            }
            still += TICK_MILLIS;
            // Asking for the time used takes identity hashes, which the program's depend on: only when it is serious.
            if (still < limit && busy == 0) {
                busy = still * 2 < limit ? 0 : cpuNanos(now);
            } else if (still >= limit && !scheduler.over) {
                // Something that works on is only slow.
                if (cpuNanos(now) - busy > limit * 1_000_000L / 20) {
                    still = 0;
                    busy = 0;
                } else {
                    report(now);
                    return;
                }
            }
        }
        if (!scheduler.dissolved && !scheduler.recording.inWorker()) {
            pause(SHUTDOWN_MILLIS);
            scheduler.dissolve();
        }
    }

    /** True if the thread may be waiting in earnest: for a monitor, in a native method, for a class to be initialised. */
    private static boolean stuck(ControlledThread holder) {
        switch (holder.thread.getState()) {
            case BLOCKED:
                return true;
            case WAITING:
            case TIMED_WAITING:
                return !holder.parked && holder.realWait == null && !insideScheduler(holder);
            case RUNNABLE:
            case NEW:
            case TERMINATED:
                return true;
            default:
                return false;
        }
    }

    /** The holder may wait, as the scheduler, for someone to come back from outside; that has its own limit. */
    private static boolean insideScheduler(ControlledThread holder) {
        for (StackTraceElement element : holder.thread.getStackTrace()) {
            if (element.getClassName().endsWith(".runtime.Outside")) {
                return true;
            }
        }
        return false;
    }

    private static long cpuNanos(ControlledThread thread) {
        long id = thread.thread.getId();
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(id);
    }

    private void report(ControlledThread holder) {
        StackTraceElement[] stack = holder.thread.getStackTrace();
        String where = stack.length == 0 ? "?" : Recording.text(stack[0]);
        Recording.say("thread " + holder.path + " (" + holder.thread.getName() + ") has waited for "
                + limit / 1000 + " s in something that cannot be controlled, and all others with it:");
        for (StackTraceElement element : stack) {
            Recording.say("    at " + Recording.text(element));
        }
        Recording.say("the other threads:");
        scheduler.recording.waiting();
        scheduler.lastEvents();
        scheduler.recording.uncontrolled(holder, where);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // Nobody interrupts it; if someone does, it looks again.
        }
    }
}
