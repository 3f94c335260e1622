package io.dettrace.replay.runtime;

import static io.dettrace.replay.runtime.Caller.leave;
import static io.dettrace.replay.runtime.Caller.me;

/**
 * What is called around the program's calls of collections, and by the bodies of the JDK's collections: what a call reads
 * and writes in an object that threads share is an event. The JDK's own use of collections is none, as nobody noted the
 * object.
 */
public final class CollectionHooks {
    private CollectionHooks() {}

    // ---- the program's own code ----

    /**
     * The program is about to call a method of an object that may be a collection.
     *
     * @return what {@link #returned} must be given behind the call
     */
    public static Object call(Object object, int site) {
        ControlledThread me = me();
        if (me == null) {
            return null;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            // Before others may come in between: that this thread wants it, too, makes it shared.
            boolean shared = object != null && scheduler.names.touch(object, me);
            long switches = scheduler.switches;
            Operations.access(scheduler, me, object, site, -1, !Sites.get(site).spin);
            if (!shared && object != null && scheduler.switches != switches) {
                shared = scheduler.names.isShared(object);
            }
            Object before = me.receiver;
            me.receiver = object;
            me.observed = shared ? object : null;
            return before;
        } finally {
            leave(me, scheduler);
        }
    }

    /** The call has returned; {@code before} is what the thread was calling around it. */
    public static void returned(Object before) {
        ControlledThread me = me();
        if (me != null) {
            me.receiver = before;
            me.observed = before != null && Scheduler.current.names.isShared(before) ? before : null;
        }
    }

    // ---- bodies of the JDK's collections ----

    /** The object {@code from} leaves what it is asked to {@code to}. */
    public static void carry(Object from, Object to) {
        ControlledThread running = Scheduler.running;
        if (running == null || running.receiver != from || to == null) {
            return;
        }
        ControlledThread me = me();
        if (me != null) {
            ObjectNames names = Scheduler.current.names;
            if (me.observed == from) {
                names.share(to, me);
            }
            me.receiver = to;
            me.observed = names.isShared(to) ? to : null;
        }
    }

    /** A field of {@code object} is about to be read on behalf of {@code self}. */
    public static void read(Object object, Object self, int site) {
        if (isObserved(self)) {
            access(object, site, -1, false);
        }
    }

    /** A field of {@code object} is about to be written on behalf of {@code self}. */
    public static void write(Object object, Object self, int site) {
        if (isObserved(self)) {
            access(object, site, -1, true);
        }
    }

    /** An array element is about to be read on behalf of {@code self}. */
    public static void readElement(Object array, int index, Object self, int site) {
        if (isObserved(self)) {
            access(array, site, index, false);
        }
    }

    /** An array element is about to be written on behalf of {@code self}. */
    public static void writeElement(Object array, int index, Object self, int site) {
        if (isObserved(self)) {
            access(array, site, index, true);
        }
    }

    private static boolean isObserved(Object self) {
        ControlledThread running = Scheduler.running;
        return running != null && running.observed == self && self != null;
    }

    private static void access(Object object, int site, long index, boolean write) {
        ControlledThread me = me();
        if (me == null || object == null) {
            return;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            Operations.accessInside(scheduler, me, object, site, index, write);
        } finally {
            leave(me, scheduler);
        }
    }
}
