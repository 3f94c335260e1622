package io.dettrace.compare;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Finds where a lane continues in step behind a difference.
 *
 * <p>Both windows start at the differing heads. A candidate {@code (i, j)} says that {@code i} baseline events were
 * replaced by {@code j} candidate events and that the lane goes on in step behind them. Its score is the information of
 * the events that then match, {@code -log2} of the label's frequency in the two windows, less a charge for each event
 * that does not; scoring stops when it falls too far below its best, as in BLAST's X-drop extension (Altschul et al.,
 * J. Mol. Biol. 215, 1990). A candidate needs {@value #ENOUGH_BITS} bits (chance agreement below one in a million), or
 * to match most of what is left of both lanes. The smallest {@code max(i, j)} with an acceptable candidate wins; among
 * equals the one that brings both lanes to their ends together, then the higher score, then a substitution.
 *
 * <p>A lane that repeats itself can be as well explained by a missing event as by an extra one. More events may tell; if
 * none do, the surplus event that repeats its neighbour is taken, else that of the smaller label: a rule that gives
 * mirrored answers when the runs are swapped.
 */
final class Resync {
    /** Information that makes chance agreement less likely than one in a million. */
    static final double ENOUGH_BITS = 20;

    private static final double MISMATCH_BITS = 4;
    private static final double DROP_BITS = 12;
    private static final double TO_BOTH_ENDS = 1e6;
    private static final double EPSILON = 1e-6;

    /** One run's window: labels and kinds from the head on, and whether the lane ends with it. */
    record Window(long[] labels, long[] kinds, boolean ended) {
        int size() {
            return labels.length;
        }
    }

    /**
     * The region that differs.
     *
     * @param baseline events of the baseline in it
     * @param candidate events of the candidate in it
     * @param aligned false if no continuation was found; then both counts are at most 1, the heads
     */
    record Region(int baseline, int candidate, boolean aligned) {}

    /** What is found where more events of the lane are needed to tell. */
    static final Region INCONCLUSIVE = new Region(0, 0, false);

    private final Window a;
    private final Window b;
    private final long[] x;
    private final long[] y;
    private final double[] xBits;
    private final long repeated;
    private boolean cutShort;
    private boolean undecided;

    private Resync(Window a, Window b, boolean byKind, long repeated) {
        this.a = a;
        this.b = b;
        this.repeated = repeated;
        x = byKind ? a.kinds : a.labels;
        y = byKind ? b.kinds : b.labels;
        Long2LongHashMap counts = new Long2LongHashMap(0);
        for (long v : x) {
            counts.put(v, counts.get(v) + 1);
        }
        for (long v : y) {
            counts.put(v, counts.get(v) + 1);
        }
        double total = x.length + (double) y.length;
        xBits = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            xBits[i] = Math.log(total / counts.get(x[i])) / Math.log(2);
        }
    }

    /**
     * The region by labels, else by kinds, else the heads alone. Both windows must not be empty.
     *
     * @param limit longest region looked for
     * @param repeated label of the lane's last matched pair
     * @param more whether longer windows can be had, so that {@link #INCONCLUSIVE} is an answer
     */
    static Region find(Window a, Window b, int limit, long repeated, boolean more) {
        Resync labels = new Resync(a, b, false, repeated);
        Region byLabel = labels.search(limit);
        if (more && (labels.undecided || byLabel == null && labels.cutShort)) {
            return INCONCLUSIVE;
        }
        if (byLabel != null) {
            return byLabel;
        }
        Region byKind = new Resync(a, b, true, repeated).search(limit);
        return byKind != null ? byKind : new Region(1, 1, false);
    }

    private Region search(int limit) {
        int most = Math.min(limit, Math.max(x.length, y.length));
        for (int cost = 1; cost <= most; cost++) {
            Region best = atCost(cost);
            if (best != null) {
                return best;
            }
        }
        return null;
    }

    private Region atCost(int cost) {
        double bestScore = 0;
        int bestI = -1;
        int bestJ = -1;
        int perfect = 0;
        for (int step = 0; step <= 2 * cost; step++) {
            int i = step <= cost ? cost : 2 * cost - step;
            int j = step == 0 ? cost : step <= cost ? cost - step : cost;
            double score = i > x.length || j > y.length ? 0 : score(i, j);
            perfect += perfectToTheEnd ? 1 : 0;
            boolean better = score > bestScore + EPSILON
                    || score > 0 && score > bestScore - EPSILON && isPreferred(i, j, bestI, bestJ);
            if (better) {
                bestScore = score;
                bestI = i;
                bestJ = j;
            }
        }
        undecided = bestI >= 0 && bestScore < TO_BOTH_ENDS && perfect > 1;
        return bestI < 0 ? null : new Region(bestI, bestJ, true);
    }

    /** Breaks a tie so that swapping the runs mirrors the choice. */
    private boolean isPreferred(int i, int j, int thanI, int thanJ) {
        if ((i == j) != (thanI == thanJ)) {
            return i == j;
        }
        if (Math.min(i, j) != Math.min(thanI, thanJ)) {
            return Math.min(i, j) < Math.min(thanI, thanJ);
        }
        boolean surplusOfX = x[0] == repeated || y[0] != repeated && Long.compareUnsigned(x[0], y[0]) < 0;
        return surplusOfX ? i > thanI : i < thanI;
    }

    private boolean perfectToTheEnd;

    /** Score of a candidate, or 0 if it is not acceptable. */
    private double score(int i, int j) {
        perfectToTheEnd = false;
        int restX = x.length - i;
        int restY = y.length - j;
        int n = Math.min(restX, restY);
        boolean bothEnds = a.ended && b.ended && restX == restY;
        if (n == 0) {
            return bothEnds && i == j ? EPSILON : 0;
        }
        if (x[i] != y[j]) {
            return 0;
        }
        double bits = 0;
        double best = 0;
        int mismatches = 0;
        int t = 0;
        for (; t < n && bits >= best - DROP_BITS; t++) {
            if (x[i + t] == y[j + t]) {
                bits += xBits[i + t];
                best = Math.max(best, bits);
            } else {
                bits -= MISMATCH_BITS;
                mismatches++;
            }
        }
        if (t == n && bothEnds && t - mismatches > mismatches && Math.max(i, j) <= Math.max(n, 2)) {
            return TO_BOTH_ENDS + best;
        }
        perfectToTheEnd = t == n && mismatches == 0 && !bothEnds && n >= 2;
        if (best >= ENOUGH_BITS) {
            return best;
        }
        cutShort |= perfectToTheEnd && 2 * n >= Math.max(x.length, y.length);
        return 0;
    }

    /** True if the first {@code n} labels of both windows are the same in some order. */
    static boolean isPermutation(Window a, Window b, int n) {
        long[] left = Arrays.copyOf(a.labels, n);
        long[] right = Arrays.copyOf(b.labels, n);
        Arrays.sort(left);
        Arrays.sort(right);
        return Arrays.equals(left, right);
    }
}
