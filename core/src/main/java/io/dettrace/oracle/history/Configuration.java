package io.dettrace.oracle.history;

/**
 * One way to explain a history up to now: the object's state, and which of the open calls have taken effect.
 *
 * <p>A configuration dominates another in the same state with the same returning calls done, if of the calls that never
 * return it has needed no others: whatever may follow the other may follow it too.
 */
final class Configuration {
    int state;
    final long[] done;

    /** True if the last call that took effect never returns and no read has looked at what it did. */
    final boolean unseen;

    /** How it came about, or null if that is not kept. */
    final Step trail;

    /** Next in the same group: the same state and returning calls. */
    Configuration sibling;

    /** True once another one dominates it. */
    boolean dominated;

    /** A call that took effect, and those before it. */
    record Step(int operation, Object state, Step before) {}

    Configuration(int state, long[] done, boolean unseen, Step trail) {
        this.state = state;
        this.done = done;
        this.unseen = unseen;
        this.trail = trail;
    }

    boolean has(int slot) {
        return (done[slot >>> 6] & 1L << slot) != 0;
    }

    /** Hash of the group. */
    int groupHash(long[] endless) {
        long h = state * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < done.length; i++) {
            h = (h ^ done[i] & ~endless[i]) * 0xD6E8FEB86659FD93L;
            h ^= h >>> 32;
        }
        return (int) (h ^ h >>> 29);
    }

    boolean isInGroupOf(Configuration other, long[] endless) {
        if (state != other.state) {
            return false;
        }
        for (int i = 0; i < done.length; i++) {
            if (((done[i] ^ other.done[i]) & ~endless[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** For two of one group: true if this needed no endless call that the other did not. */
    boolean dominates(Configuration other) {
        for (int i = 0; i < done.length; i++) {
            if ((done[i] & ~other.done[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
