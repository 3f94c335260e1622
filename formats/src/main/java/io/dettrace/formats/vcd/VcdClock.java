package io.dettrace.formats.vcd;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A variable of one bit whose name says that it is a clock.
 *
 * @param signal its signal
 * @param top number of its outermost scope
 * @param depth scopes around it
 * @param rank how surely its name says so, from 0
 * @param path its full name
 */
record VcdClock(int signal, int top, int depth, int rank, String path) {
    /** Variables that are looked at. */
    static final int MAX_CANDIDATES = 4_096;

    private static final Pattern NAMED = Pattern.compile("[a-z]{0,5}(clk|clock)[a-z]{0,3}[0-9]*(mhz|khz|hz|[a-z])?");
    private static final Set<String> BUSES = Set.of("tck", "sck", "scl", "sclk", "bclk", "ck", "cck", "swclk", "mclk");

    /** Words that make a name with a clock's in it one of something else. */
    private static final Set<String> OTHERS = Set.of(
            "en", "ena", "enable", "gate", "gated", "sel", "select", "valid", "ok", "lock", "locked", "cnt", "count",
            "counter", "rst", "reset", "stop", "req", "ack", "ready", "div", "cycle", "cycles", "edge", "period",
            "mode", "stable", "lost", "off", "on", "active", "busy");

    /** How surely a name says clock: 0 is surest, -1 not at all. */
    static int rank(String name) {
        String leaf = name.toLowerCase(Locale.ROOT);
        leaf = leaf.substring(leaf.lastIndexOf('.') + 1);
        if (leaf.equals("clk") || leaf.equals("clock")) {
            return 0;
        }
        int rank = -1;
        for (String word : leaf.split("[^a-z0-9]+")) {
            if (OTHERS.contains(word)) {
                return -1;
            }
            if (BUSES.contains(word)) {
                rank = Math.max(rank, rank < 0 ? 2 : rank);
            } else if (NAMED.matcher(word).matches() && !word.endsWith("en")) {
                rank = 1;
            }
        }
        return rank;
    }

    /** Rising edges of one signal, as far as looked at. */
    static final class Edges {
        /** Edges that tell the period. */
        static final int LOOK = 256;

        private final long[] intervals = new long[LOOK];
        private int count = -1;
        private long last;

        void rise(long time) {
            if (count >= 0 && count < LOOK) {
                intervals[count] = time - last;
            }
            count = Math.min(LOOK, count + 1);
            last = time;
        }

        /** The usual distance of two edges; -1 if there are too few, or there is none that half of them keep to. */
        long period() {
            if (count < 2) {
                return -1;
            }
            long[] sorted = Arrays.copyOf(intervals, count);
            Arrays.sort(sorted);
            long median = sorted[count / 2];
            long near = Arrays.stream(sorted)
                    .filter(d -> Math.abs(d - median) <= median / 4)
                    .count();
            return near * 2 >= count ? median : -1;
        }
    }

    /**
     * The clock of each outermost scope: the one that ticks fastest, among equals the one with fewer scopes around it, then by
     * its name. A scope without one has the clock of the others; where none ticks, one that is named so.
     *
     * @param edges by signal, null for signals that are no clocks
     * @param tops number of outermost scopes
     * @return signal by scope, -1 for none
     */
    static int[] choose(List<VcdClock> candidates, Edges[] edges, int tops) {
        VcdClock[] best = new VcdClock[tops];
        VcdClock overall = null;
        for (VcdClock c : candidates) {
            if (better(c, best[c.top], edges)) {
                best[c.top] = c;
            }
            if (better(c, overall, edges)) {
                overall = c;
            }
        }
        int[] clocks = new int[tops];
        for (int i = 0; i < tops; i++) {
            boolean ticks = best[i] != null && edges[best[i].signal].period() > 0;
            VcdClock chosen = ticks ? best[i] : overall;
            clocks[i] = chosen == null ? -1 : chosen.signal;
        }
        return clocks;
    }

    private static boolean better(VcdClock a, VcdClock b, Edges[] edges) {
        if (b == null) {
            return edges[a.signal].period() > 0 || a.rank == 0;
        }
        long pa = edges[a.signal].period();
        long pb = edges[b.signal].period();
        if (pa != pb) {
            return pa > 0 && (pb <= 0 || pa < pb);
        }
        int order = Integer.compare(a.depth, b.depth);
        order = order != 0 ? order : Integer.compare(a.rank, b.rank);
        return (order != 0 ? order : a.path.compareTo(b.path)) < 0;
    }
}
