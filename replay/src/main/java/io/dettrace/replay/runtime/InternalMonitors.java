package io.dettrace.replay.runtime;

import io.dettrace.replay.runtime.ControlledThread.Wait;
import io.dettrace.replay.runtime.Monitors.Monitor;
import java.util.ArrayList;

/**
 * Monitors that only the JDK's own code enters, such as those of the bins of a concurrent map. They are known by
 * reference and never asked for a hash: how often the JDK enters them differs from run to run, and the hashes that
 * others get must not.
 */
final class InternalMonitors {
    private final Scheduler scheduler;

    /** How many are held by all threads together. */
    private int held;

    /** Those that somebody waits for, and the object of each. */
    private final ArrayList<Monitor> wanted = new ArrayList<>(1);

    private final ArrayList<Object> wantedObjects = new ArrayList<>(1);

    InternalMonitors(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void enter(ControlledThread me, Object object) {
        while (held > me.internal.size() && !scheduler.over) {
            ControlledThread holder = holder(me, object);
            if (holder == null) {
                break;
            }
            Monitor monitor = new Monitor();
            monitor.owner = holder;
            monitor.entering.add(me);
            wanted.add(monitor);
            wantedObjects.add(object);
            scheduler.block(me, Wait.MONITOR, monitor, -1);
        }
        me.internal.add(object);
        held++;
    }

    private ControlledThread holder(ControlledThread me, Object object) {
        for (ControlledThread thread : scheduler.threads) {
            if (thread != me && holds(thread, object)) {
                return thread;
            }
        }
        return null;
    }

    private static boolean holds(ControlledThread thread, Object object) {
        for (int i = 0; i < thread.internal.size(); i++) {
            if (thread.internal.get(i) == object) {
                return true;
            }
        }
        return false;
    }

    void exit(ControlledThread me, Object object) {
        for (int i = me.internal.size() - 1; i >= 0; i--) {
            if (me.internal.get(i) == object) {
                me.internal.remove(i);
                held--;
                break;
            }
        }
        for (int i = wanted.size() - 1; i >= 0; i--) {
            if (wantedObjects.get(i) == object && !holds(me, object)) {
                scheduler.enabled.add(wanted.get(i).entering.get(0));
                wanted.remove(i);
                wantedObjects.remove(i);
            }
        }
    }
}
