package io.dettrace.population;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.util.CombinatoricsUtils;

/**
 * Other ways to call as many of the runs failing: all of them if there are few, else some at random, always the same ones.
 */
final class Labelings {
    /** Up to as many all are taken. */
    static final int MOST = 10_000;

    private Labelings() {}

    /** Which runs fail, for each labelling. */
    static List<BitSet> of(int runs, int bad, int most) {
        return isFew(runs, bad, most) ? all(runs, bad) : random(runs, bad, most);
    }

    /** True if there are at most {@code most}. */
    static boolean isFew(int runs, int bad, int most) {
        return runs <= 60 && CombinatoricsUtils.binomialCoefficientDouble(runs, bad) <= most;
    }

    private static List<BitSet> all(int runs, int bad) {
        List<BitSet> labelings = new ArrayList<>();
        var combinations = CombinatoricsUtils.combinationsIterator(runs, bad);
        while (combinations.hasNext()) {
            BitSet one = new BitSet(runs);
            for (int i : combinations.next()) {
                one.set(i);
            }
            labelings.add(one);
        }
        return labelings;
    }

    private static List<BitSet> random(int runs, int bad, int most) {
        SplittableRandom random = new SplittableRandom(31L * runs + bad);
        int[] order = new int[runs];
        for (int i = 0; i < runs; i++) {
            order[i] = i;
        }
        List<BitSet> labelings = new ArrayList<>();
        for (int n = 0; n < most; n++) {
            BitSet one = new BitSet(runs);
            for (int i = 0; i < bad; i++) {
                int other = i + random.nextInt(runs - i);
                int chosen = order[other];
                order[other] = order[i];
                order[i] = chosen;
                one.set(chosen);
            }
            labelings.add(one);
        }
        return labelings;
    }
}
