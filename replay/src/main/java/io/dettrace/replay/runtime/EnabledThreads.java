package io.dettrace.replay.runtime;

import java.util.ArrayList;
import java.util.Arrays;

/** The threads that can run, in the order of their creation. */
final class EnabledThreads {
    private final ArrayList<ControlledThread> all;
    private long[] words = new long[4];
    private int size;
    private int additions;

    /** A set of none of {@code all}, which may grow. */
    EnabledThreads(ArrayList<ControlledThread> all) {
        this.all = all;
    }

    int size() {
        return size;
    }

    /** How often a thread became able to run so far: as long as this stays the same, no new candidate appeared. */
    int additions() {
        return additions;
    }

    boolean contains(ControlledThread thread) {
        int word = thread.index >> 6;
        return word < words.length && (words[word] & 1L << thread.index) != 0;
    }

    void add(ControlledThread thread) {
        int word = thread.index >> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
        }
        long bit = 1L << thread.index;
        if ((words[word] & bit) == 0) {
            words[word] |= bit;
            size++;
            additions++;
        }
    }

    void remove(ControlledThread thread) {
        int word = thread.index >> 6;
        long bit = 1L << thread.index;
        if (word < words.length && (words[word] & bit) != 0) {
            words[word] &= ~bit;
            size--;
        }
    }

    /** The index of the first, or -1. */
    int first() {
        return after(-1);
    }

    /** The index of the next behind {@code index}, or -1. */
    int after(int index) {
        int from = index + 1;
        int word = from >> 6;
        if (word >= words.length) {
            return -1;
        }
        long rest = words[word] & -1L << from;
        while (rest == 0) {
            if (++word == words.length) {
                return -1;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    ControlledThread thread(int index) {
        return all.get(index);
    }

    /** The next behind {@code thread}, beginning anew at the end; {@code thread} itself only if there is no other. */
    ControlledThread afterCyclic(ControlledThread thread) {
        int index = after(thread.index);
        return all.get(index >= 0 ? index : first());
    }

    /** The k-th, from 0. */
    ControlledThread get(int k) {
        int index = first();
        for (int i = 0; i < k; i++) {
            index = after(index);
        }
        return all.get(index);
    }
}
