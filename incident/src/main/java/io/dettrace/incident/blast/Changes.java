package io.dettrace.incident.blast;

import io.dettrace.incident.culprit.Counting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the requests of one service do: fail, call whom, in vain, again. Each is a property that a request has or has not; counted are
 * those that have it, by operation and over all operations.
 */
final class Changes {
    private static final int ALL = -1;

    /** Requests by operation: baseline, incident. */
    private final Map<Integer, int[]> requests = new TreeMap<>();

    private final Map<Integer, Map<Long, int[]>> having = new TreeMap<>();

    /** Adds a request and its properties; those below 0 are counted over all operations too. */
    void add(int side, int operation, Set<Long> properties) {
        for (int op : new int[] {operation, ALL}) {
            requests.computeIfAbsent(op, k -> new int[2])[side]++;
            Map<Long, int[]> its = having.computeIfAbsent(op, k -> new HashMap<>());
            for (long p : properties) {
                if (op != ALL || p < 0) {
                    its.computeIfAbsent(p, k -> new int[2])[side]++;
                }
            }
        }
    }

    /** How many requests a window has. */
    int requests(int side) {
        int[] all = requests.get(ALL);
        return all == null ? 0 : all[side];
    }

    /** How many questions {@link #share} asks. */
    int questions() {
        return 2 * having.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * The share of the requests that have a property which they would not have had, or the other way round, where that is beyond
     * chance: the largest over all operations together, and the sum of each operation's largest.
     *
     * @param limit p-value from which on it is chance
     * @param least requests that must differ
     */
    Shift share(double limit, double z, int least) {
        List<Shift> single = new ArrayList<>();
        Shift[] all = {Shift.NONE};
        int whole = requests(1);
        having.forEach((op, its) -> {
            int n = requests.get(op)[0];
            int m = requests.get(op)[1];
            Shift best = Shift.NONE;
            for (int[] of : its.values()) {
                Shift s = n == 0 || m == 0 ? Shift.NONE : difference(of, n, m, limit, z);
                if (s.estimate() > best.estimate() && s.estimate() * m >= least) {
                    best = s;
                }
            }
            if (op == ALL) {
                all[0] = best;
            } else {
                double part = (double) m / whole;
                single.add(new Shift(best.estimate() * part, best.low() * part, best.high() * part));
            }
        });
        Shift sum = new Shift(
                single.stream().mapToDouble(Shift::estimate).sum(),
                single.stream().mapToDouble(Shift::low).sum(),
                Math.min(1, single.stream().mapToDouble(Shift::high).sum()));
        return sum.estimate() >= all[0].estimate() ? sum : all[0];
    }

    private static Shift difference(int[] of, int n, int m, double limit, double z) {
        double estimate = (double) of[1] / m - (double) of[0] / n;
        boolean more = estimate > 0;
        int a = more ? of[0] : n - of[0];
        int b = more ? of[1] : m - of[1];
        if (Counting.more(a, n, b, m) > limit / 2) {
            return Shift.NONE;
        }
        double low = Counting.low(a, n, b, m, z);
        double other = Math.abs(estimate);
        return new Shift(other, low, Math.min(1, 2 * other - low));
    }
}
