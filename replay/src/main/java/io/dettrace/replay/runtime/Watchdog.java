package io.dettrace.replay.runtime;

import java.lang.management.ManagementFactory;

/**
 * Notices when the holder of the token does nothing any more: it waits for something that nobody controls, such as a lock
 * inside the JVM, and with it everybody else. Takes the token away from it, as if it had gone outside.
 *
 * <p>No event happens meanwhile, so where this happens is the same in every run, however long it takes to notice.
 */
final class Watchdog extends EngineThread {
    private static final int TICK_MILLIS = 200;

    /** How long the holder may do nothing before it loses the token, if the limit of all waiting is not less. */
    private static final int STILL_MILLIS = 2_000;

    /** Share of one processor below which a thread does nothing: it waits in the JVM without saying so. */
    private static final double IDLE = 0.02;

    /** How long the JVM may take to end, once the run is over, before the other threads are let go. */
    private static final int SHUTDOWN_MILLIS = 2_000;

    private final Scheduler scheduler;
    private final long limit;

    Watchdog(Scheduler scheduler) {
        super("dettrace-watchdog");
        this.scheduler = scheduler;
        limit = Math.min(STILL_MILLIS, scheduler.recording.watchdogMillis());
    }

    @Override
    public void run() {
        long seen = -1;
        ControlledThread holder = null;
        long still = 0;
        while (!scheduler.over) {
            pause(TICK_MILLIS);
            ControlledThread now = Scheduler.running;
            if (limit == 0 || scheduler.events != seen || now != holder || now == null) {
                seen = scheduler.events;
                holder = now;
                still = 0;
                continue;
            }
            still += TICK_MILLIS;
            // Looking closer takes identity hashes, on which those of the program depend: only when it is serious.
            if (still >= limit) {
                if (waits(now) && scheduler.events == seen && Scheduler.running == now) {
                    scheduler.outside.expel(now);
                }
                still = 0;
            }
        }
        if (!scheduler.dissolved && !scheduler.recording.inWorker()) {
            pause(SHUTDOWN_MILLIS);
            scheduler.dissolve();
        }
    }

    /** True if the thread waits in earnest: for a monitor, in a native method, for a class to be initialised. */
    private static boolean waits(ControlledThread holder) {
        switch (holder.thread.getState()) {
            case BLOCKED:
            case NEW:
            case TERMINATED:
                return true;
            case WAITING:
            case TIMED_WAITING:
                return !holder.parked && holder.realWait == null && !insideScheduler(holder);
            default:
                return !works(holder);
        }
    }

    /** True if the thread uses a processor: it is only slow. */
    private static boolean works(ControlledThread thread) {
        long from = System.nanoTime();
        long used = cpuNanos(thread);
        pause(TICK_MILLIS);
        return cpuNanos(thread) - used > (System.nanoTime() - from) * IDLE;
    }

    private static long cpuNanos(ControlledThread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.thread.getId());
    }

    /** The holder may wait, as the scheduler, for the disk, or for someone to come back from outside, which has its own limit. */
    private static boolean insideScheduler(ControlledThread holder) {
        for (StackTraceElement element : holder.thread.getStackTrace()) {
            if (element.getClassName().endsWith(".runtime.Outside")
                    || element.getClassName().endsWith(".runtime.LogWriter")) {
                return true;
            }
        }
        return false;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // Nobody interrupts it; if someone does, it looks again.
        }
    }
}
