package io.dettrace.population;

import io.dettrace.statistics.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Ranks statements by how well they tell failing runs from passing ones: statistical bug isolation (Liblit et al., PLDI 2005)
 * with exact tests, and with a correction for the number of statements that keeps in sight how they hang together.
 */
final class Separator {
    /** Places shown for a statement. */
    private static final int PLACES = 3;

    /** Comparisons of sets of runs that the correction may take. */
    private static final long MOST_WORK = 400_000_000L;

    private static final double Z = new NormalDistribution().inverseCumulativeProbability(0.975);

    private final List<RunSummary> runs;
    private final BitSet bad;
    private final FisherTest test;

    Separator(List<RunSummary> runs, BitSet bad) {
        this.runs = runs;
        this.bad = bad;
        test = new FisherTest(runs.size(), bad.cardinality());
    }

    /** All groups of statements, the best first; of equally good ones that whose event comes first. Of bounds of one quantity the best. */
    List<Separation> rank(Predicates predicates) {
        double[] least = leastByChance(List.copyOf(predicates.byRuns().keySet()));
        List<Ranked> ranked = new ArrayList<>();
        for (Map.Entry<BitSet, List<Predicate>> group : predicates.byRuns().entrySet()) {
            ranked.add(ranked(group.getKey(), group.getValue(), least));
        }
        ranked.sort(Comparator.comparingDouble((Ranked r) -> r.separation.p())
                .thenComparingDouble(Ranked::position)
                .thenComparing(r -> r.separation.statement()));
        Set<Predicate> bounds = new HashSet<>();
        return ranked.stream()
                .map(Ranked::separation)
                .filter(s ->
                        !s.statement().isBound() || bounds.add(s.statement().withoutValue()))
                .toList();
    }

    /** A group and the relative position of its first event in the runs, 0 to 1. */
    private record Ranked(Separation separation, double position) {}

    // ---- correction ------------------------------------------------------------------------------------------------

    /** For each labelling the least probability of any statement, ascending. */
    private double[] leastByChance(List<BitSet> groups) {
        long words = (runs.size() + 63) / 64;
        long work = Math.max(1, groups.size() * words);
        int most = (int) Math.max(1_000, Math.min(Labelings.MOST, MOST_WORK / work));
        long[][] in = groups.stream().map(BitSet::toLongArray).toArray(long[][]::new);
        int[] sizes = groups.stream().mapToInt(BitSet::cardinality).toArray();
        List<BitSet> labelings = Labelings.of(runs.size(), bad.cardinality(), most);
        double[] least = new double[labelings.size()];
        for (int n = 0; n < least.length; n++) {
            long[] failing = labelings.get(n).toLongArray();
            double best = 1;
            for (int g = 0; g < in.length; g++) {
                best = Math.min(best, test.p(sizes[g], common(in[g], failing)));
            }
            least[n] = best;
        }
        Arrays.sort(least);
        return least;
    }

    private static int common(long[] a, long[] b) {
        int common = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            common += Long.bitCount(a[i] & b[i]);
        }
        return common;
    }

    private double adjusted(double p, double[] least) {
        int at = Arrays.binarySearch(least, p * (1 + 1e-9));
        int asGood = at < 0 ? -at - 1 : at + 1;
        boolean all = Labelings.isFew(runs.size(), bad.cardinality(), least.length);
        // With labellings at random the one that was seen counts as one of them (Phipson and Smyth 2010).
        return all ? (double) asGood / least.length : (asGood + 1.0) / (least.length + 1.0);
    }

    // ---- groups ----------------------------------------------------------------------------------------------------

    private Ranked ranked(BitSet key, List<Predicate> group, double[] least) {
        Predicate statement = group.stream()
                .min(Comparator.comparingDouble(this::position)
                        .thenComparing(p -> !isOfFailing(p))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        BitSet in = runsOf(statement);
        int with = in.cardinality();
        BitSet failing = (BitSet) in.clone();
        failing.and(bad);
        int badWith = failing.cardinality();
        int allBad = bad.cardinality();
        int allGood = runs.size() - allBad;
        double[] interval = difference(badWith, allBad, with - badWith, allGood);
        double p = test.p(with, badWith);
        List<Predicate> others =
                group.stream().filter(o -> !o.equals(statement)).sorted().toList();
        return new Ranked(
                new Separation(
                        statement,
                        others,
                        badWith,
                        with - badWith,
                        interval[0],
                        interval[1],
                        interval[2],
                        p,
                        adjusted(p, least),
                        places(statement, interval[0] > 0)),
                position(statement));
    }

    private boolean isOfFailing(Predicate p) {
        BitSet in = runsOf(p);
        int with = in.cardinality();
        in.and(bad);
        return (long) in.cardinality() * runs.size() > (long) with * bad.cardinality();
    }

    private BitSet runsOf(Predicate p) {
        BitSet in = new BitSet(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            in.set(i, runs.get(i).first(p) >= 0);
        }
        return in;
    }

    /** Median position of what the statement is about, as a share of its run, in the runs that it is true of. */
    private double position(Predicate p) {
        List<Double> at = new ArrayList<>();
        for (RunSummary run : runs) {
            int event = run.first(p);
            if (event >= 0) {
                at.add((double) event / run.table.size());
            }
        }
        at.sort(Comparator.naturalOrder());
        return at.get((at.size() - 1) / 2);
    }

    private List<String> places(Predicate p, boolean inFailing) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < runs.size() && places.size() < PLACES; i++) {
            int event = runs.get(i).first(p);
            if (event >= 0 && bad.get(i) == inFailing) {
                places.add(RunSummary.place(runs.get(i).table, event));
            }
        }
        return places;
    }

    /** Difference of two shares with its interval: Newcombe's method 10, from Wilson's intervals of the shares. */
    static double[] difference(int hits, int of, int otherHits, int otherOf) {
        double a = (double) hits / of;
        double b = (double) otherHits / otherOf;
        double[] wilsonA = Shares.wilson(hits, of, Z);
        double[] wilsonB = Shares.wilson(otherHits, otherOf, Z);
        double low = a - b - Math.hypot(a - wilsonA[0], wilsonB[1] - b);
        double high = a - b + Math.hypot(wilsonA[1] - a, b - wilsonB[0]);
        return new double[] {a - b, Math.max(-1, low), Math.min(1, high)};
    }
}
