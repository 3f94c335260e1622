package io.dettrace.replay.runtime;

/**
 * Names of objects that are the same in every run: the thread that made an object (or first touched it), and its number
 * among that thread's objects.
 *
 * <p>Objects are never kept: a name is found by identity hash, which is a running number under {@code
 * -XX:hashCode=3}, so that a table of two levels is dense.
 */
final class ObjectNames {
    private static final int CHUNK = 1 << 16;

    /** Identity hashes have 31 bits; with a running number no program comes near. */
    private static final int MOST_CHUNKS = 1 << 15;

    /** Set in a chunk's entry: another thread than the first has called the object, too. */
    private static final long SHARED = Long.MIN_VALUE;

    // A chunk's entry is the thread's index plus one in the upper and the number in the lower half; 0 is no name.
    private long[][] chunks = new long[64][];

    /** True if identity hashes are the running numbers that names and repeatable runs need. */
    static boolean hashesAreNumbers() {
        int first = System.identityHashCode(new Object());
        for (int i = 1; i <= 8; i++) {
            int next = System.identityHashCode(new Object());
            // Another thread may take a number in between.
            if (next <= first || next > first + 64) {
                return false;
            }
            first = next;
        }
        return true;
    }

    /** Uses up identity hashes, so that those of the program do not depend on what ran before it in this JVM. */
    static void evenHashes() {
        evenHashes(CHUNK);
    }

    /** Uses them up to the next multiple of a power of two. */
    static void evenHashes(int step) {
        while ((System.identityHashCode(new Object()) & step - 1) != 0) {
            // The next one, then.
        }
    }

    /** The object's name: thread index in the upper half, number in the lower. New objects belong to {@code by}. */
    long name(Object object, ControlledThread by) {
        return name(System.identityHashCode(object), by);
    }

    /** The name of the object with this identity hash. */
    long name(int hash, ControlledThread by) {
        long[] entries = chunk(hash);
        if (entries == null) {
            return 0;
        }
        long name = entries[hash & (CHUNK - 1)];
        if (name == 0) {
            name = entries[hash & (CHUNK - 1)] = (by.index + 1L) << 32 | by.objects++;
        }
        return name & ~SHARED;
    }

    /** Notes that a thread calls the object; true if it is not the only one so far. */
    boolean touch(Object object, ControlledThread by) {
        long name = name(object, by);
        if (name != 0 && thread(name) != by.index) {
            share(object, by);
            return true;
        }
        return isShared(object);
    }

    /** Notes that threads share the object. */
    void share(Object object, ControlledThread by) {
        if (name(object, by) != 0) {
            int hash = System.identityHashCode(object);
            chunks[hash >>> 16][hash & (CHUNK - 1)] |= SHARED;
        }
    }

    /** True if more than one thread has called the object. */
    boolean isShared(Object object) {
        int hash = System.identityHashCode(object);
        long[] entries = chunk(hash);
        return entries != null && entries[hash & (CHUNK - 1)] < 0;
    }

    private long[] chunk(int hash) {
        int chunk = hash >>> 16;
        if (chunk >= chunks.length) {
            if (chunk >= MOST_CHUNKS) {
                return null;
            }
            chunks = java.util.Arrays.copyOf(chunks, Math.max(chunk + 1, chunks.length * 2));
        }
        long[] entries = chunks[chunk];
        if (entries == null) {
            entries = chunks[chunk] = new long[CHUNK];
        }
        return entries;
    }

    static int thread(long name) {
        return (int) (name >>> 32) - 1;
    }

    static int number(long name) {
        return (int) name;
    }
}
