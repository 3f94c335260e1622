package io.dettrace.replay.runtime;

import static io.dettrace.replay.runtime.Caller.holder;
import static io.dettrace.replay.runtime.Caller.isForeign;
import static io.dettrace.replay.runtime.Caller.leave;
import static io.dettrace.replay.runtime.Caller.me;
import static io.dettrace.replay.runtime.Caller.nanos;

import io.dettrace.replay.runtime.ControlledThread.Wait;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the JDK's own methods call once their bodies are rewritten. As {@link Hooks}, nothing happens unless the calling thread
 * is under control.
 *
 * <p>Hooks that return a boolean answer whether the operation has been done; if not, the caller does the real thing.
 */
public final class JvmHooks {
    private JvmHooks() {}

    // ---- the program's own code ----

    /** A monitor that the program may hold as well is about to be entered by code of the JDK: no event. */
    public static void enterQuietly(Object object) {
        ControlledThread me = me();
        if (me != null && object != null) {
            me.inside++;
            Operations.acquire(Scheduler.current, me, object);
            me.inside--;
        }
    }

    /** It has been left. */
    public static void exitQuietly(Object object) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Operations.release(Scheduler.current, me, object);
            me.inside--;
        }
    }

    /** A monitor that only code of the JDK knows is about to be entered: no event. */
    public static void enterInternal(Object object) {
        ControlledThread me = me();
        if (me != null && object != null) {
            me.inside++;
            Scheduler.current.internal.enter(me, object);
            me.inside--;
        }
    }

    /** It has been left. */
    public static void exitInternal(Object object) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Scheduler.current.internal.exit(me, object);
            me.inside--;
        }
    }

    /** In place of {@code VM.getNanoTimeAdjustment(offset)}: nanoseconds since {@code offset} seconds after 1970, or 0. */
    public static long nanoTimeAdjustment(long offset) {
        return holder() != null ? Scheduler.current.epochNanos() - offset * 1_000_000_000L : 0;
    }

    /** The first unless it is 0. */
    public static long either(long first, long second) {
        return first != 0 ? first : second;
    }

    // ---- regions ----

    /** The thread enters code in which nothing is an event: class loading, linking. */
    public static void enterUnseen() {
        ControlledThread thread = holder();
        if (thread != null) {
            thread.inside++;
        }
    }

    /** The thread leaves it. */
    public static void leaveUnseen() {
        ControlledThread thread = holder();
        if (thread != null && thread.inside > 0) {
            thread.inside--;
        }
    }

    /** The thread is about to wait for the outside. */
    public static void enterOutside(String what) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Operations.leave(Scheduler.current, me, what);
            // Only now: the token was handed on from inside.
            me.outside = true;
        }
    }

    /** The thread has stopped waiting for the outside. */
    public static void leaveOutside(String what) {
        Scheduler scheduler = Scheduler.current;
        if (scheduler == null) {
            return;
        }
        ControlledThread me = scheduler.find(Thread.currentThread());
        if (me != null && me.outside && !me.expelled) {
            Operations.comeBack(scheduler, me, what);
            me.inside--;
        }
    }

    // ---- java.lang.Thread and java.util.concurrent.locks.LockSupport ----

    /** {@code LockSupport.park()}, or with a time-out in nanoseconds; below 0 means none. */
    public static boolean park(long nanos) {
        ControlledThread me = me();
        if (me == null) {
            return false;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            return Operations.park(scheduler, me, nanos);
        } finally {
            leave(me, scheduler);
        }
    }

    /** {@code LockSupport.parkNanos(nanos)}. */
    public static boolean parkNanos(long nanos) {
        return nanos > 0 && park(nanos);
    }

    /** {@code LockSupport.parkUntil(millis)}. */
    public static boolean parkUntil(long millis) {
        return me() != null && park(Math.max(0, nanos(millis - Scheduler.current.millis())));
    }

    /** In place of {@code unsafe.park(absolute, time)}, as {@code java.util.concurrent} calls it. */
    public static void parkHere(Object unsafe, boolean absolute, long time) {
        if (absolute) {
            LockSupport.parkUntil(time);
        } else if (time == 0) {
            LockSupport.park();
        } else {
            LockSupport.parkNanos(time);
        }
    }

    /** In place of {@code unsafe.unpark(thread)}, as {@code java.util.concurrent} calls it. */
    public static void unparkHere(Object unsafe, Object thread) {
        LockSupport.unpark((Thread) thread);
    }

    /** {@code LockSupport.unpark(thread)}. */
    public static boolean unpark(Thread thread) {
        Scheduler scheduler = Scheduler.current;
        if (scheduler == null || thread == null) {
            return false;
        }
        ControlledThread me = me();
        if (me == null && !isForeign(scheduler)) {
            return false;
        }
        ControlledThread other = scheduler.find(thread);
        if (other == null || other.ended) {
            return false;
        }
        if (me == null) {
            scheduler.outside.unpark(other);
            return true;
        }
        me.inside++;
        try {
            Operations.unpark(scheduler, me, other);
        } finally {
            me.inside--;
        }
        return true;
    }

    /** A thread is about to be started. */
    public static void starting(Thread thread) {
        ControlledThread me = me();
        if (me == null) {
            return;
        }
        Scheduler scheduler = Scheduler.current;
        enterUnseen();
        boolean controlled = false;
        try {
            if (thread.getState() == Thread.State.NEW && scheduler.find(thread) == null) {
                controlled = Threads.canBeControlled(thread);
                if (!controlled && !Threads.isOfTheJdk(thread)) {
                    scheduler.outside.foreigners = true;
                }
            }
        } finally {
            leaveUnseen();
        }
        if (controlled) {
            me.inside++;
            if (Threads.outliveTheirRun(thread)) {
                Worker.unfit("it uses threads of the JDK that all runs share: " + thread.getName());
            }
            Operations.start(scheduler, me, thread);
            me.inside--;
        }
    }

    /** The calling thread has begun to run. */
    public static void begin() {
        Scheduler scheduler = Scheduler.current;
        ControlledThread running = Scheduler.running;
        if (scheduler == null || running != null && running.thread == Thread.currentThread() && running.begun) {
            return;
        }
        ControlledThread me = scheduler.find(Thread.currentThread());
        if (me == null || me.begun) {
            return;
        }
        me.begun = true;
        scheduler.await(me);
        if (!scheduler.over) {
            scheduler.event(me, Operations.BEGIN, 0, null, -1);
        }
        me.inside = 0;
    }

    /** A thread is about to end. */
    public static void end(Thread thread) {
        ControlledThread me = me();
        if (me != null && me.thread == thread) {
            me.inside++;
            Scheduler.current.end(me);
        }
    }

    /** An exception has ended a thread. */
    public static void uncaught(Thread thread, Throwable thrown) {
        ControlledThread me = me();
        if (me != null && me.thread == thread) {
            me.inside++;
            Scheduler.current.recording.uncaught(me, thrown);
            me.inside--;
        }
    }

    /** {@code thread.join(millis)}; 0 means no limit. */
    public static boolean join(Thread thread, long millis) throws InterruptedException {
        ControlledThread me = me();
        if (me == null || millis < 0) {
            return false;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            ControlledThread other = scheduler.find(thread);
            return other != null && Operations.join(scheduler, me, other, millis == 0 ? -1 : nanos(millis));
        } finally {
            leave(me, scheduler);
        }
    }

    /** {@code Thread.sleep(millis, nanos)}. */
    public static boolean sleep(long millis, int nanos) throws InterruptedException {
        return millis >= 0 && nanos >= 0 && sleepNanos(nanos(millis) + nanos);
    }

    /** {@code Thread.sleep(millis)}. */
    public static boolean sleep(long millis) throws InterruptedException {
        return millis >= 0 && sleepNanos(nanos(millis));
    }

    /** {@code Thread.sleep(duration)}. */
    public static boolean sleep(java.time.Duration duration) throws InterruptedException {
        long seconds = Math.min(duration.getSeconds(), Long.MAX_VALUE / 2_000_000_000L);
        return seconds >= 0 && sleepNanos(seconds * 1_000_000_000L + duration.getNano());
    }

    private static boolean sleepNanos(long nanos) throws InterruptedException {
        ControlledThread me = me();
        if (me == null) {
            return false;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            return Operations.sleep(scheduler, me, nanos);
        } finally {
            leave(me, scheduler);
        }
    }

    /** {@code thread.interrupt()}. */
    public static boolean interrupt(Thread thread) {
        Scheduler scheduler = Scheduler.current;
        if (scheduler == null || thread == Thread.currentThread()) {
            return false;
        }
        ControlledThread me = me();
        if (me == null && !isForeign(scheduler)) {
            return false;
        }
        ControlledThread other = scheduler.find(thread);
        if (other == null || other.ended || other.wait == Wait.OUTSIDE) {
            return false;
        }
        if (me == null) {
            scheduler.outside.interrupt(other);
            return true;
        }
        me.inside++;
        try {
            Operations.interrupt(scheduler, me, other);
        } finally {
            me.inside--;
        }
        return true;
    }

    /** True if the thread has been interrupted and has not been told yet. */
    public static boolean interruptPending(Thread thread) {
        Scheduler scheduler = Scheduler.current;
        if (scheduler == null || thread == Thread.currentThread()) {
            return false;
        }
        ControlledThread other = scheduler.find(thread);
        return other != null && other.interruptPending;
    }

    /** The state that the program should see, or null for the real one. */
    public static Thread.State state(Thread thread) {
        Scheduler scheduler = Scheduler.current;
        ControlledThread me = me();
        if (scheduler == null || me == null) {
            return null;
        }
        ControlledThread other = scheduler.find(thread);
        if (other == null) {
            return null;
        }
        if (other.ended) {
            return Thread.State.TERMINATED;
        }
        switch (other.wait) {
            case NONE:
            case OUTSIDE:
                return Thread.State.RUNNABLE;
            case MONITOR:
                return Thread.State.BLOCKED;
            default:
                return other.timed ? Thread.State.TIMED_WAITING : Thread.State.WAITING;
        }
    }

    /** {@code Runtime.exit(status)} or {@code halt(status)}. */
    public static void exiting(int status) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Operations.exiting(Scheduler.current, me, status);
            me.inside--;
        }
    }

    /** The program registers a shutdown hook. */
    public static void shutdownHook() {
        if (holder() != null) {
            Worker.unfit("it has shutdown hooks");
        }
    }

    // ---- randomness ----

    /** The seed of a thread's own generator, in place of {@code seeder.getAndAdd(increment)}. */
    public static long threadSeed(AtomicLong seeder, long increment) {
        ControlledThread thread = holder();
        return thread != null
                ? SplitMix.mix(thread.path.hashCode() * 0x9e3779b97f4a7c15L)
                : seeder.getAndAdd(increment);
    }

    /** The probe of a thread, in place of {@code generator.addAndGet(increment)}. */
    public static int threadProbe(AtomicInteger generator, int increment) {
        ControlledThread thread = holder();
        return thread != null ? (thread.index + 1) * increment : generator.addAndGet(increment);
    }

    /** {@code SecureRandom.nextBytes(bytes)}: bytes that are the same in every run. */
    public static boolean secureBytes(byte[] bytes) {
        if (holder() == null || bytes == null) {
            return false;
        }
        ControlledThread me = holder();
        SplitMix random = new SplitMix(me.path.hashCode() * 31L + me.secrets++);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.next();
        }
        return true;
    }
}
