package io.dettrace.replay.runtime;

import static io.dettrace.replay.runtime.Caller.leave;
import static io.dettrace.replay.runtime.Caller.me;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

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
            Operations.call(scheduler, me, object, site);
            if (object != null && JdkMonitors.isWrapper(object)) {
                me.called = object;
            }
            me.iterated = null;
            if (!shared && object != null && scheduler.switches != switches) {
                shared = scheduler.names.isShared(object);
            }
            Object before = me.receiver;
            me.receiver = object;
            me.observed = shared && me.called != object ? object : null;
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
            boolean observed =
                    before != null && !JdkMonitors.locksItself(before) && Scheduler.current.names.isShared(before);
            me.observed = observed ? before : null;
            me.called = null;
            me.iterated = null;
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

    /**
     * Code of the JDK, on behalf of the program, is about to call a method of an object that the program gave it: other
     * threads may have it as well.
     */
    public static void nested(Object object, int site) {
        ControlledThread running = Scheduler.running;
        if (running == null || object == null || running.receiver == null || running.receiver == object) {
            return;
        }
        ControlledThread me = me();
        if (me == null) {
            return;
        }
        Scheduler scheduler = Scheduler.current;
        me.inside++;
        try {
            if (JdkMonitors.locksItself(object)) {
                Operations.callLocking(scheduler, me, object, site);
            } else if (object instanceof Collection || object instanceof Map) {
                if (scheduler.names.touch(object, me) || JdkMonitors.isWrapper(object)) {
                    me.iterated = object;
                }
            } else if (me.iterated != null && object instanceof Iterator) {
                Operations.accessInside(scheduler, me, me.iterated, site, -1, false);
            }
        } finally {
            leave(me, scheduler);
        }
    }

    // ---- synchronised code of the JDK ----

    /** The body of a synchronised method of the JDK begins; the monitor of {@code object} is held. */
    public static void enterBody(Object object, int site) {
        ControlledThread me = me();
        if (me == null) {
            return;
        }
        me.inside++;
        boolean mine = me.called == object || isInBodyOf(me, object);
        if (me.called == object) {
            me.called = null;
            Operations.enterInside(Scheduler.current, me, object, site, true);
        } else if (!mine) {
            // Nobody minds the JDK's own: its code is not interrupted inside.
            me.unswitchable++;
        }
        me.bodies.add(mine ? object : null);
        me.inside--;
    }

    /** It ends. */
    public static void leaveBody(Object object, int site) {
        ControlledThread me = me();
        if (me == null || me.bodies.isEmpty()) {
            return;
        }
        me.inside++;
        if (me.bodies.remove(me.bodies.size() - 1) == null) {
            me.unswitchable--;
        } else if (!isInBodyOf(me, object)) {
            Operations.exitInside(Scheduler.current, me, object, site);
        }
        me.inside--;
    }

    private static boolean isInBodyOf(ControlledThread me, Object object) {
        for (int i = 0; i < me.bodies.size(); i++) {
            if (me.bodies.get(i) == object) {
                return true;
            }
        }
        return false;
    }

    /** A collection that locks itself is about to be entered: an event if it is called by the program. */
    public static void enter(Object object, int site) {
        ControlledThread me = me();
        if (me != null && object != null) {
            Scheduler scheduler = Scheduler.current;
            me.inside++;
            if (me.receiver == null) {
                Operations.acquire(scheduler, me, object);
            } else {
                boolean decided = me.called != null;
                me.called = null;
                Operations.enterInside(scheduler, me, object, site, decided);
            }
            me.inside--;
        }
    }

    /** It has been left. */
    public static void exit(Object object, int site) {
        ControlledThread me = me();
        if (me != null) {
            Scheduler scheduler = Scheduler.current;
            me.inside++;
            if (me.receiver == null) {
                Operations.release(scheduler, me, object);
            } else {
                Operations.exitInside(scheduler, me, object, site);
            }
            me.inside--;
        }
    }

    // ---- bodies of collections that are not safe for threads ----

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
