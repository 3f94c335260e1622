package io.dettrace.oracle.mine;

import io.dettrace.oracle.rules.Scope;
import java.util.List;

/** What one run says of each two of its kinds of events, for one scope. */
final class Relations {
    final Scope scope;
    final List<String> kinds;

    /** True if there were too many keys to say anything. */
    final boolean full;

    /** True if kinds were left out. */
    final boolean manyKinds;

    /** Events of a kind. */
    final long[] events;

    /** Keys that have a kind. */
    final long[] keys;

    /** True if some key has a kind twice. */
    final boolean[] repeated;

    /** Keys that have both. */
    final long[][] together;

    /** True if some event of the first is not followed by one of the second. */
    final boolean[][] notFollowed;

    /** True if some event of the first has none of the second before it. */
    final boolean[][] notPreceded;

    /** True if some event of the second follows one of the first. */
    final boolean[][] follows;

    /** True if somewhere the two do not take turns, the first beginning. */
    final boolean[][] notAlternating;

    Relations(Scope scope, List<String> kinds, boolean full, boolean manyKinds) {
        this.scope = scope;
        this.kinds = kinds;
        this.full = full;
        this.manyKinds = manyKinds;
        int n = kinds.size();
        events = new long[n];
        keys = new long[n];
        repeated = new boolean[n];
        together = new long[n][n];
        notFollowed = new boolean[n][n];
        notPreceded = new boolean[n][n];
        follows = new boolean[n][n];
        notAlternating = new boolean[n][n];
    }
}
