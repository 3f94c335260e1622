package io.dettrace.replay.runtime;

import io.dettrace.replay.runtime.ControlledThread.Wait;
import io.dettrace.replay.runtime.Monitors.Monitor;
import java.util.ArrayList;

/**
 * What the operations of threads mean under control: monitors, wait and notify, park, join, sleep, interrupt.
 *
 * <p>Called with the token held and hooks off. Every method returns normally, too, once the run has been dissolved; the
 * caller then does the real thing.
 */
final class Operations {
    static final int BEGIN = Sites.register("begin", "", "");
    static final int END = Sites.register("end", "", "");
    private static final int START = Sites.register("start", "", "");
    private static final int PARK = Sites.register("park", "", "");
    private static final int UNPARK = Sites.register("unpark", "", "");
    private static final int SLEEP = Sites.register("sleep", "", "");
    private static final int JOIN = Sites.register("join", "", "");
    private static final int WAIT = Sites.register("wait", "", "");
    private static final int WOKEN = Sites.register("woken", "", "");
    private static final int WAIT_TIMEOUT = Sites.register("timeout", "", "");
    private static final int WAIT_INTERRUPTED = Sites.register("interrupted", "", "");
    private static final int NOTIFY = Sites.register("notify", "", "");
    private static final int NOTIFY_ALL = Sites.register("notifyAll", "", "");
    private static final int INTERRUPT = Sites.register("interrupt", "", "");
    private static final int LOCK = Sites.register("lock", "", "");
    private static final int UNLOCK = Sites.register("unlock", "", "");
    private static final int EXIT = Sites.register("exit", "", "");
    private static final int LEAVE = Sites.register("leave", "", "");
    private static final int RETURN = Sites.register("return", "", "");

    /** How often a thread that has ended is given the processor to go; it needs it for a few microseconds. */
    private static final int MOST_YIELDS = 100_000;

    private Operations() {}

    // ---- plain events ----

    /** An access to a field, an array element or an object of {@code java.util.concurrent}. */
    static void access(Scheduler scheduler, ControlledThread me, Object object, int site, long index, boolean write) {
        me.site = site;
        accessInside(scheduler, me, object, site, index, write);
    }

    /** As {@link #access}, in code of the JDK: the place in the program's own code is the call. */
    static void accessInside(
            Scheduler scheduler, ControlledThread me, Object object, int site, long index, boolean write) {
        long name = object == null ? 0 : scheduler.names.name(object, me);
        // Static fields and array elements are resources of their own; only sampling looks at this.
        me.pendingResource =
                name != 0 ? name * 31 + index : -1 - Sites.get(site).what.hashCode();
        me.pendingWrite = write;
        scheduler.decide(me);
        scheduler.event(me, site, name, null, index);
        scheduler.done(me, me.pendingResource, write);
    }

    /** A method of an object that threads may share is about to be called, or a static one, with null. */
    static void call(Scheduler scheduler, ControlledThread me, Object object, int site) {
        me.site = site;
        if (JdkMonitors.locksItself(object)) {
            callLocking(scheduler, me, object, site);
        } else {
            me.called = null;
            accessInside(scheduler, me, object, site, -1, !Sites.get(site).spin);
        }
    }

    /** As {@link #call}, of an object whose methods lock it; when this returns, that can be done without waiting. */
    static void callLocking(Scheduler scheduler, ControlledThread me, Object object, int site) {
        me.enters = true;
        accessInside(scheduler, me, object, site, -1, !Sites.get(site).spin);
        me.enters = false;
        Monitor monitor = scheduler.monitors.find(object);
        if (monitor != null && monitor.owner != null && monitor.owner != me) {
            awaitMonitor(scheduler, me, monitor);
        }
        me.called = object;
    }

    /** An event that touches nothing in particular. */
    static void point(Scheduler scheduler, ControlledThread me, int site) {
        me.site = site;
        scheduler.decide(me);
        scheduler.event(me, site, 0, null, -1);
    }

    /** The thread gives way. */
    static void giveWay(Scheduler scheduler, ControlledThread me, int site) {
        if (site != Sites.NONE) {
            me.site = site;
        }
        scheduler.decide(me, true);
        scheduler.event(me, site, 0, null, -1);
    }

    // ---- monitors ----

    static void enter(Scheduler scheduler, ControlledThread me, Object object, int site) {
        me.site = site;
        int hash = System.identityHashCode(object);
        long name = scheduler.names.name(hash, me);
        decideToEnter(scheduler, me, name);
        acquire(scheduler, me, object, hash);
        scheduler.event(me, LOCK, name, object.getClass().getName(), -1);
        scheduler.done(me, name, true);
    }

    private static void decideToEnter(Scheduler scheduler, ControlledThread me, long name) {
        me.pendingResource = name;
        me.pendingWrite = true;
        me.enters = true;
        scheduler.decide(me);
        me.enters = false;
    }

    /** As {@link #enter}, in code of the JDK, where {@code decided} if who runs has been asked just before. */
    static void enterInside(Scheduler scheduler, ControlledThread me, Object object, int site, boolean decided) {
        int hash = System.identityHashCode(object);
        long name = scheduler.names.name(hash, me);
        if (!decided) {
            decideToEnter(scheduler, me, name);
        }
        acquire(scheduler, me, object, hash);
        scheduler.event(me, site, name, object.getClass().getName(), -1);
        scheduler.done(me, name, true);
    }

    private static void awaitMonitor(Scheduler scheduler, ControlledThread me, Monitor monitor) {
        monitor.entering.add(me);
        scheduler.block(me, Wait.MONITOR, monitor, -1);
        monitor.entering.remove(me);
    }

    static void acquire(Scheduler scheduler, ControlledThread me, Object object) {
        acquire(scheduler, me, object, System.identityHashCode(object));
    }

    private static void acquire(Scheduler scheduler, ControlledThread me, Object object, int hash) {
        Monitor monitor = scheduler.monitors.of(hash);
        if (monitor.owner != null && monitor.owner != me) {
            awaitMonitor(scheduler, me, monitor);
        }
        if (scheduler.over) {
            return;
        }
        monitor.owner = me;
        if (monitor.count++ == 0) {
            holdBack(scheduler, monitor);
        }
        hold(me, object, 1);
    }

    private static void hold(ControlledThread me, Object object, int more) {
        JdkMonitors.Holder holder = JdkMonitors.holderOf(object);
        if (holder == JdkMonitors.Holder.AT_LOCKS) {
            me.atLocksOnly += more;
        } else if (holder == JdkMonitors.Holder.NOWHERE) {
            me.unswitchable += more;
        }
    }

    private static void holdBack(Scheduler scheduler, Monitor monitor) {
        ArrayList<ControlledThread> entering = monitor.entering;
        for (int i = 0; i < entering.size(); i++) {
            scheduler.enabled.remove(entering.get(i));
        }
    }

    static void exit(Scheduler scheduler, ControlledThread me, Object object, int site) {
        me.site = site;
        int hash = System.identityHashCode(object);
        long name = scheduler.names.name(hash, me);
        if (release(scheduler, me, object, hash)) {
            scheduler.event(me, UNLOCK, name, object.getClass().getName(), -1);
        }
    }

    /** As {@link #exit}, in code of the JDK. */
    static void exitInside(Scheduler scheduler, ControlledThread me, Object object, int site) {
        int hash = System.identityHashCode(object);
        long name = scheduler.names.name(hash, me);
        if (release(scheduler, me, object, hash)) {
            scheduler.event(me, site, name, object.getClass().getName(), -1);
        }
    }

    static boolean release(Scheduler scheduler, ControlledThread me, Object object) {
        return release(scheduler, me, object, System.identityHashCode(object));
    }

    private static boolean release(Scheduler scheduler, ControlledThread me, Object object, int hash) {
        Monitor monitor = scheduler.monitors.find(hash);
        if (monitor == null || monitor.owner != me) {
            return false;
        }
        hold(me, object, -1);
        if (--monitor.count == 0) {
            letGo(scheduler, monitor);
            scheduler.monitors.dropIfUnused(monitor);
        }
        return true;
    }

    private static void letGo(Scheduler scheduler, Monitor monitor) {
        monitor.owner = null;
        ArrayList<ControlledThread> entering = monitor.entering;
        for (int i = 0; i < entering.size(); i++) {
            scheduler.enabled.add(entering.get(i));
        }
    }

    /**
     * {@code Object.wait}.
     *
     * @return false if the caller must do the real thing: the monitor is not held, or control has ended meanwhile
     */
    static boolean await(Scheduler scheduler, ControlledThread me, Object object, long nanos, int site)
            throws InterruptedException {
        me.site = site;
        Monitor monitor = scheduler.monitors.find(object);
        if (monitor == null || monitor.owner != me) {
            return false;
        }
        scheduler.decide(me);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long name = scheduler.names.name(object, me);
        scheduler.event(me, WAIT, name, object.getClass().getName(), -1);
        int count = monitor.count;
        int unswitchable = me.unswitchable;
        int atLocksOnly = me.atLocksOnly;
        monitor.count = 0;
        me.unswitchable = 0;
        me.atLocksOnly = 0;
        letGo(scheduler, monitor);
        monitor.waiting.add(me);
        me.notified = false;
        me.realWait = object;
        boolean timedOut = scheduler.block(me, Wait.NOTIFY, monitor, nanos);
        me.realWait = null;
        if (scheduler.over) {
            return me.notified || timedOut;
        }
        monitor.entering.remove(me);
        monitor.owner = me;
        monitor.count = count;
        me.unswitchable = unswitchable;
        me.atLocksOnly = atLocksOnly;
        holdBack(scheduler, monitor);
        boolean interrupted = !me.notified && Thread.interrupted();
        scheduler.event(
                me,
                interrupted ? WAIT_INTERRUPTED : timedOut ? WAIT_TIMEOUT : WOKEN,
                name,
                object.getClass().getName(),
                -1);
        if (interrupted) {
            throw new InterruptedException();
        }
        return true;
    }

    /** {@code Object.notify} and {@code notifyAll}; the caller has checked that the monitor is held. */
    static void wakeWaiting(Scheduler scheduler, ControlledThread me, Object object, boolean all, int site) {
        me.site = site;
        scheduler.decide(me);
        Monitor monitor = scheduler.monitors.find(object);
        while (monitor != null && !monitor.waiting.isEmpty()) {
            ControlledThread thread = all ? monitor.waiting.get(0) : scheduler.chooseWaiting(me, monitor.waiting);
            thread.notified = true;
            scheduler.wake(thread);
            if (!all) {
                break;
            }
        }
        long name = scheduler.names.name(object, me);
        scheduler.event(me, all ? NOTIFY_ALL : NOTIFY, name, object.getClass().getName(), -1);
    }

    // ---- threads ----

    static void start(Scheduler scheduler, ControlledThread me, Thread thread) {
        ControlledThread made = scheduler.register(thread, me);
        scheduler.event(me, START, 0, made.path, -1);
    }

    /**
     * {@code Thread.join}.
     *
     * @param nanos how long at most; below 0 for ever
     * @return false if the caller must do the real thing
     */
    static boolean join(Scheduler scheduler, ControlledThread me, ControlledThread other, long nanos)
            throws InterruptedException {
        scheduler.decide(me);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!other.ended) {
            other.joining.add(me);
            scheduler.block(me, Wait.JOIN, other, nanos);
            other.joining.remove(me);
            if (scheduler.over) {
                return false;
            }
        }
        if (other.ended) {
            awaitRealEnd(other.thread);
        }
        boolean interrupted = !other.ended && Thread.interrupted();
        scheduler.event(me, JOIN, 0, other.path, -1);
        if (interrupted) {
            throw new InterruptedException();
        }
        return true;
    }

    /** Lets a thread that has done its last event leave the JVM, too: thread groups and stack traces tell. */
    private static void awaitRealEnd(Thread thread) {
        for (int i = 0; i < MOST_YIELDS && thread.isAlive(); i++) {
            Thread.yield();
        }
    }

    static boolean sleep(Scheduler scheduler, ControlledThread me, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos == 0) {
            giveWay(scheduler, me, SLEEP);
            return true;
        }
        scheduler.event(me, SLEEP, 0, null, -1);
        scheduler.block(me, Wait.SLEEP, null, nanos);
        if (scheduler.over) {
            return false;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return true;
    }

    /** {@code LockSupport.park}; false if the caller must do the real thing. */
    static boolean park(Scheduler scheduler, ControlledThread me, long nanos) {
        scheduler.decide(me);
        scheduler.event(me, PARK, 0, null, -1);
        if (me.permit) {
            me.permit = false;
            return true;
        }
        if (me.thread.isInterrupted()) {
            return true;
        }
        scheduler.block(me, Wait.PARK, null, nanos);
        if (scheduler.over) {
            return false;
        }
        me.permit = false;
        return true;
    }

    static void unpark(Scheduler scheduler, ControlledThread me, ControlledThread other) {
        scheduler.event(me, UNPARK, 0, other.path, -1);
        grant(scheduler, other);
    }

    /** Gives the thread its permit. */
    static void grant(Scheduler scheduler, ControlledThread thread) {
        if (thread.wait == Wait.PARK && !thread.ended) {
            thread.permit = true;
            scheduler.wake(thread);
        } else {
            thread.permit = true;
        }
    }

    static void interrupt(Scheduler scheduler, ControlledThread me, ControlledThread other) {
        scheduler.decide(me);
        scheduler.event(me, INTERRUPT, 0, other.path, -1);
        interruptOther(scheduler, other);
    }

    /** Interrupts a thread that does not hold the token: it is told when it goes on. */
    static void interruptOther(Scheduler scheduler, ControlledThread thread) {
        if (thread.ended) {
            return;
        }
        thread.interruptPending = true;
        if (thread.interruptible()) {
            scheduler.wake(thread);
        }
    }

    static void exiting(Scheduler scheduler, ControlledThread me, int status) {
        scheduler.event(me, EXIT, 0, Integer.toString(status), -1);
        scheduler.recording.exit(status);
    }

    // ---- the outside ----

    /** The thread is about to wait for the outside, in {@code what}: others go on meanwhile. */
    static void leave(Scheduler scheduler, ControlledThread me, String what) {
        scheduler.event(me, LEAVE, 0, what, -1);
        me.wait = Wait.OUTSIDE;
        scheduler.outside.regions++;
        scheduler.leave(me);
    }

    /** The thread is back, and waits for its turn. */
    static void comeBack(Scheduler scheduler, ControlledThread me, String what) {
        me.outside = false;
        scheduler.outside.comeBack(me);
        scheduler.await(me);
        if (scheduler.over) {
            return;
        }
        me.wait = Wait.NONE;
        scheduler.event(me, RETURN, 0, what, -1);
    }
}
