package io.dettrace.replay.runtime;

import java.util.ArrayList;

/**
 * The monitors that are held or waited for, found by their object's identity hash. The real monitor stays in place and
 * is always free when a controlled thread takes it.
 */
final class Monitors {
    /** One monitor in use. */
    static final class Monitor {
        int hash;
        Monitor next;
        ControlledThread owner;
        int count;

        /** Threads that want to enter, woken ones among them. */
        final ArrayList<ControlledThread> entering = new ArrayList<>(2);

        /** Threads that wait to be notified, in the order in which they came. */
        final ArrayList<ControlledThread> waiting = new ArrayList<>(2);
    }

    private Monitor[] buckets = new Monitor[256];
    private int size;
    private Monitor free;

    Monitor find(Object object) {
        return find(System.identityHashCode(object));
    }

    /** The monitor of the object with this identity hash, or null; asking a locked object for its hash is slow. */
    Monitor find(int hash) {
        Monitor monitor = buckets[hash & (buckets.length - 1)];
        while (monitor != null && monitor.hash != hash) {
            monitor = monitor.next;
        }
        return monitor;
    }

    Monitor of(int hash) {
        Monitor found = find(hash);
        if (found != null) {
            return found;
        }
        if (size > buckets.length) {
            grow();
        }
        Monitor made = free;
        if (made == null) {
            made = new Monitor();
        } else {
            free = made.next;
        }
        made.hash = hash;
        int bucket = made.hash & (buckets.length - 1);
        made.next = buckets[bucket];
        buckets[bucket] = made;
        size++;
        return made;
    }

    /** Forgets a monitor that nobody holds and nobody waits for. */
    void dropIfUnused(Monitor monitor) {
        if (monitor.owner != null || !monitor.entering.isEmpty() || !monitor.waiting.isEmpty()) {
            return;
        }
        int bucket = monitor.hash & (buckets.length - 1);
        if (buckets[bucket] == monitor) {
            buckets[bucket] = monitor.next;
        } else {
            Monitor before = buckets[bucket];
            while (before.next != monitor) {
                before = before.next;
            }
            before.next = monitor.next;
        }
        size--;
        monitor.next = free;
        free = monitor;
    }

    private void grow() {
        Monitor[] old = buckets;
        buckets = new Monitor[old.length * 2];
        for (Monitor monitor : old) {
            while (monitor != null) {
                Monitor next = monitor.next;
                int bucket = monitor.hash & (buckets.length - 1);
                monitor.next = buckets[bucket];
                buckets[bucket] = monitor;
                monitor = next;
            }
        }
    }
}
