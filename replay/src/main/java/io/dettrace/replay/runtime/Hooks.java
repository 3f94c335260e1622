package io.dettrace.replay.runtime;

import static io.dettrace.replay.runtime.Caller.holder;
import static io.dettrace.replay.runtime.Caller.isForeign;
import static io.dettrace.replay.runtime.Caller.leave;
import static io.dettrace.replay.runtime.Caller.me;
import static io.dettrace.replay.runtime.Caller.nanos;

/**
 * What the program's own code calls once it is rewritten. Every hook does nothing, or the real thing, unless the calling
 * thread holds the token; so code that is not under control runs as ever.
 */
public final class Hooks {
    private Hooks() {}

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
            Scheduler scheduler = Scheduler.current;
            me.inside++;
            try {
                Operations.call(scheduler, me, object, site);
            } finally {
                leave(me, scheduler);
            }
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

    /** The program is about to use a class that may have to be initialised first. */
    public static void needs(Class<?> type, int site) {
        if (Scheduler.running == null) {
            return;
        }
        ClassInits.needed = type;
        if (ClassInits.going == 0) {
            return;
        }
        ControlledThread me = me();
        if (me != null) {
            Scheduler scheduler = Scheduler.current;
            me.inside++;
            try {
                scheduler.inits.need(me, type, site);
            } finally {
                leave(me, scheduler);
            }
        }
    }

    /** The initialiser of a class begins. */
    public static void initialising(Class<?> type, int site) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Scheduler.current.inits.begin(me, type, site);
            me.inside--;
        }
    }

    /** It ends, also by an exception. */
    public static void initialised(Class<?> type, int site) {
        ControlledThread me = me();
        if (me != null) {
            me.inside++;
            Scheduler.current.inits.end(me, type, site);
            me.inside--;
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
        return holder() != null ? Scheduler.current.nanoTime() : System.nanoTime();
    }

    /** In place of {@code System.currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return holder() != null ? Scheduler.current.millis() : System.currentTimeMillis();
    }

    // ---- java.lang.Thread and java.util.concurrent.locks.LockSupport ----

    /** In place of {@code thread.join()}. */
    public static void joinHere(Thread thread) throws InterruptedException {
        joinHere(thread, 0);
    }

    /** In place of {@code thread.join(millis)}. */
    public static void joinHere(Thread thread, long millis) throws InterruptedException {
        if (!JvmHooks.join(thread, millis)) {
            thread.join(millis);
        }
    }

    /** In place of {@code thread.join(millis, nanos)}. */
    public static void joinHere(Thread thread, long millis, int nanos) throws InterruptedException {
        if (nanos < 0
                || nanos > 999_999
                || !JvmHooks.join(thread, nanos > 0 && millis < Long.MAX_VALUE ? millis + 1 : millis)) {
            thread.join(millis, nanos);
        }
    }

    /** In place of {@code Thread.sleep(millis)} where that is native. */
    public static void sleepHere(long millis) throws InterruptedException {
        if (!JvmHooks.sleep(millis)) {
            Thread.sleep(millis);
        }
    }

    /** In place of {@code Thread.sleep(millis, nanos)} where that ends in a native method. */
    public static void sleepHere(long millis, int nanos) throws InterruptedException {
        if (!JvmHooks.sleep(millis, nanos)) {
            Thread.sleep(millis, nanos);
        }
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
}
