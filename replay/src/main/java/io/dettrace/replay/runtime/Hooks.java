package io.dettrace.replay.runtime;

import io.dettrace.replay.runtime.ControlledThread.Wait;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What instrumented code calls. Every hook does nothing, or says "not handled", unless the calling thread holds the
 * token; so code that is not under control runs as ever.
 *
 * <p>Hooks that return a boolean answer whether the operation has been done; if not, the caller does the real thing.
 */
public final class Hooks {
    private Hooks() {}

    /** The calling thread, if it is under control and not inside the scheduler; else null. */
    private static ControlledThread me() {
        ControlledThread thread = Scheduler.running;
        if (thread != null && thread.thread == Thread.currentThread()) {
            return thread.inside == 0 ? thread : null;
        }
        return Scheduler.expelled == 0 ? null : comeBack();
    }

    /** The calling thread, once it has the token again, if it lost it while it waited; else null. */
    private static ControlledThread comeBack() {
        Scheduler scheduler = Scheduler.current;
        ControlledThread me = scheduler == null ? null : scheduler.find(Thread.currentThread());
        if (me == null || !me.expelled) {
            return null;
        }
        me.expelled = false;
        Scheduler.expelled--;
        int inside = me.inside++;
        Operations.comeBack(scheduler, me, "JVM");
        me.inside = inside;
        return scheduler.over || inside > 0 ? null : me;
    }

    /** Leaves the scheduler; says why the run cannot go on to the thread whose scope it is. */
    private static void leave(ControlledThread me, Scheduler scheduler) {
        me.inside--;
        if (scheduler.verdict != null && me.index == 0) {
            throw new IllegalStateException("dettrace: " + scheduler.verdict);
        }
    }

    // ---- the program's own code ----

    /** A field is about to be read; {@code object} is null for a static one. */
    public static void read(Object object, int site) {
        ControlledThread me = me();
        if (me != null) {
            access(me, object, site, -1, false);
        }
    }

    /** A field is about to be written; {@code object} is null for a static one. */
    public static void write(Object object, int site) {
        ControlledThread me = me();
        if (me != null) {
            access(me, object, site, -1, true);
        }
    }

    /** An array element is about to be read. */
    public static void readElement(Object array, int index, int site) {
        ControlledThread me = me();
        if (me != null) {
            access(me, array, site, index, false);
        }
    }

    /** An array element is about to be written. */
    public static void writeElement(Object array, int index, int site) {
        ControlledThread me = me();
        if (me != null) {
            access(me, array, site, index, true);
        }
    }

    /** A method of an object that threads share is about to be called; {@code object} is null for a static one. */
    public static void call(Object object, int site) {
        ControlledThread me = me();
        if (me != null) {
            access(me, object, site, -1, !Sites.get(site).spin);
        }
    }

    private static void access(ControlledThread me, Object object, int site, long index, boolean write) {
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            Operations.access(scheduler, me, object, site, index, write);
        } finally {
            leave(me, scheduler);
        }
    }

    /** An object has been made by the program's code: it gets its name. */
    public static void made(Object object) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Scheduler.current.names.name(object, me);
            me.inside--;
        }
    }

    /** The place of a call that a hook in the JDK's own code will handle. */
    public static void at(int site) {
        ControlledThread me = me();
        if (me != null) {
            me.site = site;
        }
    }

    /** An event that touches nothing in particular. */
    public static void point(int site) {
        ControlledThread me = me();
        if (me != null) {
            Scheduler scheduler = Scheduler.current;
            me.inside++;
            try {
                Operations.point(scheduler, me, site);
            } finally {
                leave(me, scheduler);
            }
        }
    }

    /** A monitor is about to be entered. */
    public static void enter(Object object, int site) {
        ControlledThread me = me();
        if (me != null && object != null) {
            Scheduler scheduler = Scheduler.current;
            me.inside++;
            try {
                Operations.enter(scheduler, me, object, site);
            } finally {
                leave(me, scheduler);
            }
        }
    }

    /** A monitor has been left. */
    public static void exit(Object object, int site) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Operations.exit(Scheduler.current, me, object, site);
            me.inside--;
        }
    }

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

    /** In place of {@code object.wait()}. */
    public static void await(Object object, int site) throws InterruptedException {
        await(object, 0L, 0, site);
    }

    /** In place of {@code object.wait(millis)}. */
    public static void await(Object object, long millis, int site) throws InterruptedException {
        await(object, millis, 0, site);
    }

    /** In place of {@code object.wait(millis, nanos)}. */
    public static void await(Object object, long millis, int nanos, int site) throws InterruptedException {
        ControlledThread me = me();
        if (me != null && millis >= 0 && nanos >= 0 && nanos <= 999_999) {
            Scheduler scheduler = Scheduler.current;
            long limit = millis == 0 && nanos == 0 ? -1 : nanos(millis) + nanos;
            me.inside++;
            try {
                if (Operations.await(scheduler, me, object, limit, site)) {
                    return;
                }
            } finally {
                leave(me, scheduler);
            }
        }
        object.wait(millis, nanos);
    }

    /** In place of {@code object.notify()}. */
    public static void notifyOne(Object object, int site) {
        notify(object, false, site);
    }

    /** In place of {@code object.notifyAll()}. */
    public static void notifyEach(Object object, int site) {
        notify(object, true, site);
    }

    private static void notify(Object object, boolean all, int site) {
        ControlledThread me = me();
        Scheduler scheduler = Scheduler.current;
        if (me != null && Thread.holdsLock(object)) {
            me.inside++;
            try {
                Operations.wakeWaiting(scheduler, me, object, all, site);
            } finally {
                leave(me, scheduler);
            }
        } else if (isForeign(scheduler) && Thread.holdsLock(object)) {
            scheduler.outside.notifyWaiting(object, all);
        }
        // Also for waiters that are not under control; the others are not disturbed.
        if (all) {
            object.notifyAll();
        } else {
            object.notify();
        }
    }

    /** In place of {@code Thread.yield()} and {@code onSpinWait()}. */
    public static void giveWay(int site) {
        ControlledThread me = me();
        if (me == null) {
            Thread.yield();
            return;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            Operations.giveWay(scheduler, me, site);
        } finally {
            leave(me, scheduler);
        }
    }

    /** In place of {@code thread.isAlive()}. */
    public static boolean isAlive(Thread thread) {
        Scheduler scheduler = Scheduler.current;
        ControlledThread me = me();
        if (me != null) {
            ControlledThread other = scheduler.find(thread);
            if (other != null) {
                return !other.ended;
            }
        }
        return thread.isAlive();
    }

    /** In place of {@code System.nanoTime()}. */
    public static long nanoTime() {
        return isMine() ? Scheduler.current.nanoTime() : System.nanoTime();
    }

    /** In place of {@code System.currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return isMine() ? Scheduler.current.millis() : System.currentTimeMillis();
    }

    /** In place of {@code VM.getNanoTimeAdjustment(offset)}: nanoseconds since {@code offset} seconds after 1970, or 0. */
    public static long nanoTimeAdjustment(long offset) {
        return isMine() ? Scheduler.current.epochNanos() - offset * 1_000_000_000L : 0;
    }

    /** The first unless it is 0. */
    public static long either(long first, long second) {
        return first != 0 ? first : second;
    }

    // ---- regions ----

    /** The thread enters code in which nothing is an event: class loading, linking. */
    public static void enterUnseen() {
        ControlledThread thread = Scheduler.running;
        if (thread != null && thread.thread == Thread.currentThread()) {
            thread.inside++;
        }
    }

    /** The thread leaves it. */
    public static void leaveUnseen() {
        ControlledThread thread = Scheduler.running;
        if (thread != null && thread.thread == Thread.currentThread() && thread.inside > 0) {
            thread.inside--;
        }
    }

    /** The thread enters code in which it is not interrupted: class initialisers, synchronised code of the JDK. */
    public static void enterUnswitchable() {
        ControlledThread thread = Scheduler.running;
        if (thread != null && thread.thread == Thread.currentThread()) {
            thread.unswitchable++;
        }
    }

    /** The thread leaves it. */
    public static void leaveUnswitchable() {
        ControlledThread thread = Scheduler.running;
        if (thread != null && thread.thread == Thread.currentThread() && thread.unswitchable > 0) {
            thread.unswitchable--;
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
        if (me != null && me.wait == Wait.OUTSIDE) {
            Operations.comeBack(scheduler, me, what);
            me.inside--;
        }
    }

    /** As {@link #enterOutside}, for a stream that is a file, which never blocks, if it has a path. */
    public static void enterOutside(String path, String what) {
        if (path == null) {
            enterOutside(what);
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

    /** In place of {@code thread.join()}. */
    public static void joinHere(Thread thread) throws InterruptedException {
        joinHere(thread, 0);
    }

    /** In place of {@code thread.join(millis)}. */
    public static void joinHere(Thread thread, long millis) throws InterruptedException {
        if (!join(thread, millis)) {
            thread.join(millis);
        }
    }

    /** In place of {@code thread.join(millis, nanos)}. */
    public static void joinHere(Thread thread, long millis, int nanos) throws InterruptedException {
        if (nanos < 0 || nanos > 999_999 || !join(thread, nanos > 0 && millis < Long.MAX_VALUE ? millis + 1 : millis)) {
            thread.join(millis, nanos);
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

    /** In place of {@code Thread.sleep(millis)} where that is native. */
    public static void sleepHere(long millis) throws InterruptedException {
        if (!sleep(millis)) {
            Thread.sleep(millis);
        }
    }

    /** In place of {@code Thread.sleep(millis, nanos)} where that ends in a native method. */
    public static void sleepHere(long millis, int nanos) throws InterruptedException {
        if (!sleep(millis, nanos)) {
            Thread.sleep(millis, nanos);
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
        if (isMine()) {
            Worker.unfit("it has shutdown hooks");
        }
    }

    // ---- randomness ----

    /** The seed of a thread's own generator, in place of {@code seeder.getAndAdd(increment)}. */
    public static long threadSeed(AtomicLong seeder, long increment) {
        ControlledThread thread = Scheduler.running;
        return thread != null && thread.thread == Thread.currentThread()
                ? SplitMix.mix(thread.path.hashCode() * 0x9e3779b97f4a7c15L)
                : seeder.getAndAdd(increment);
    }

    /** The probe of a thread, in place of {@code generator.addAndGet(increment)}. */
    public static int threadProbe(AtomicInteger generator, int increment) {
        ControlledThread thread = Scheduler.running;
        return thread != null && thread.thread == Thread.currentThread()
                ? (thread.index + 1) * increment
                : generator.addAndGet(increment);
    }

    /** {@code SecureRandom.nextBytes(bytes)}: bytes that are the same in every run. */
    public static boolean secureBytes(byte[] bytes) {
        if (!isMine() || bytes == null) {
            return false;
        }
        ControlledThread me = Scheduler.running;
        SplitMix random = new SplitMix(me.path.hashCode() * 31L + me.secrets++);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.next();
        }
        return true;
    }

    // ---- scopes ----

    /** The program's main method, or its class initialiser, begins. */
    public static void mainBegins() {
        Scopes.mainBegins();
    }

    /** A method that is a scope of its own begins. */
    public static void scopeBegins(String name) {
        Scopes.begin(name);
    }

    /** It has returned, or thrown what is not null. */
    public static void scopeEnds(Throwable thrown) {
        Scopes.end(thrown);
    }

    // ---- who calls ----

    /** True for a controlled thread, inside the scheduler or not. */
    private static boolean isMine() {
        ControlledThread thread = Scheduler.running;
        return thread != null && thread.thread == Thread.currentThread();
    }

    /** True if the caller is neither under control nor part of the scheduler. */
    private static boolean isForeign(Scheduler scheduler) {
        if (scheduler == null) {
            return false;
        }
        Thread caller = Thread.currentThread();
        if (caller instanceof EngineThread) {
            return false;
        }
        ControlledThread self = scheduler.find(caller);
        return self == null || self.outside;
    }

    /** Milliseconds as nanoseconds, or the most there are. */
    private static long nanos(long millis) {
        return millis > Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE : millis * 1_000_000;
    }
}
