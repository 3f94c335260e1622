package io.dettrace.replay.runtime;

/**
 * Finds the controlled thread of a {@link Thread}, from any thread. By the thread's number: asking a thread that is not
 * under control for its identity hash would take one away from the program at some random moment.
 */
final class ThreadTable {
    private ControlledThread[] buckets = new ControlledThread[256];
    private int size;

    synchronized void add(ControlledThread thread) {
        if (size++ > buckets.length) {
            grow();
        }
        int bucket = bucket(thread.thread);
        thread.nextInTable = buckets[bucket];
        buckets[bucket] = thread;
    }

    /** The controlled thread, also one that has ended, or null. */
    synchronized ControlledThread find(Thread thread) {
        ControlledThread found = buckets[bucket(thread)];
        while (found != null && found.thread != thread) {
            found = found.nextInTable;
        }
        return found;
    }

    private int bucket(Thread thread) {
        return (int) thread.getId() & buckets.length - 1;
    }

    private void grow() {
        ControlledThread[] old = buckets;
        buckets = new ControlledThread[old.length * 2];
        for (ControlledThread thread : old) {
            while (thread != null) {
                ControlledThread next = thread.nextInTable;
                int bucket = bucket(thread.thread);
                thread.nextInTable = buckets[bucket];
                buckets[bucket] = thread;
                thread = next;
            }
        }
    }
}
