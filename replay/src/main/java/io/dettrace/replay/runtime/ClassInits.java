package io.dettrace.replay.runtime;

import io.dettrace.replay.runtime.ControlledThread.Wait;
import io.dettrace.replay.runtime.Monitors.Monitor;
import java.util.ArrayList;
import java.util.HashSet;

/**
 * The classes of the program that are being initialised. A thread that needs one which another thread initialises waits for
 * it here and not in the JVM, where nobody could see it (The Java Virtual Machine Specification, 5.5: a class is in progress
 * while its superclasses are initialised, too).
 */
final class ClassInits {
    /** How many classes are being initialised under control. */
    static int going;

    /** The class that the program has asked for last. */
    static Class<?> needed;

    /** A class in progress; {@code with} is the superclass whose initialiser runs first, or null. */
    private record InProgress(Class<?> type, ControlledThread by, Monitor monitor, Class<?> with) {}

    private final Scheduler scheduler;
    private final ArrayList<InProgress> all = new ArrayList<>(4);
    private final HashSet<String> done = new HashSet<>();

    ClassInits(Scheduler scheduler) {
        this.scheduler = scheduler;
        going = 0;
        needed = null;
    }

    /** The thread is about to use a class while some class is in progress: waits until that can be done. */
    void need(ControlledThread me, Class<?> type, int site) {
        InProgress known = find(type);
        if (done.contains(type.getName()) || known != null && known.by == me) {
            return;
        }
        me.site = site;
        me.enters = true;
        Operations.accessInside(scheduler, me, null, site, -1, true);
        me.enters = false;
        while (!scheduler.over) {
            InProgress other = ofAnother(me, type);
            if (other == null) {
                return;
            }
            if (other.type != type) {
                // This one is in progress as well from now on, until its superclass is done.
                add(type, me, other.type);
            }
            other.monitor.entering.add(me);
            scheduler.block(me, Wait.MONITOR, other.monitor, -1);
            other.monitor.entering.remove(me);
            if (other.type != type) {
                remove(type, me);
            }
        }
    }

    /** The class, or the first of its superclasses, that another thread initialises; null if there is none. */
    private InProgress ofAnother(ControlledThread me, Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            InProgress found = find(c);
            if (found != null) {
                return found.by == me ? null : found;
            }
        }
        return null;
    }

    /** The initialiser of a class begins. */
    void begin(ControlledThread me, Class<?> type, int site) {
        going++;
        me.atLocksOnly++;
        Class<?> asked = needed;
        if (asked != null && !type.isInterface() && type.isAssignableFrom(asked)) {
            for (Class<?> c = asked; c != type; c = c.getSuperclass()) {
                if (find(c) == null && !done.contains(c.getName())) {
                    add(c, me, type);
                }
            }
        }
        add(type, me, null);
        scheduler.event(me, site, scheduler.names.name(type, me), null, -1);
    }

    /** It has ended, in whatever way. */
    void end(ControlledThread me, Class<?> type, int site) {
        InProgress mine = find(type);
        if (mine == null || mine.by != me) {
            return;
        }
        going--;
        me.atLocksOnly--;
        done.add(type.getName());
        remove(type, me);
        for (int i = all.size() - 1; i >= 0; i--) {
            InProgress subclass = all.get(i);
            if (subclass.by == me && subclass.with == type) {
                remove(subclass.type, me);
            }
        }
        scheduler.event(me, site, scheduler.names.name(type, me), null, -1);
    }

    private void add(Class<?> type, ControlledThread by, Class<?> with) {
        Monitor monitor = new Monitor();
        monitor.hash = System.identityHashCode(type);
        monitor.owner = by;
        all.add(new InProgress(type, by, monitor, with));
    }

    private InProgress find(Class<?> type) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).type == type) {
                return all.get(i);
            }
        }
        return null;
    }

    private void remove(Class<?> type, ControlledThread by) {
        for (int i = all.size() - 1; i >= 0; i--) {
            InProgress entry = all.get(i);
            if (entry.type == type && entry.by == by) {
                all.remove(i);
                ArrayList<ControlledThread> entering = entry.monitor.entering;
                for (int k = 0; k < entering.size(); k++) {
                    scheduler.enabled.add(entering.get(k));
                }
            }
        }
    }
}
