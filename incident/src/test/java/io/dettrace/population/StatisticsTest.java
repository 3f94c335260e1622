package io.dettrace.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against figures published with the methods, and against counting. */
class StatisticsTest {
    /** Fisher's lady tasting tea: three of four cups right, two-sided 0.4857. */
    @Test
    void fishersTestTellsTheTastingOfTea() {
        assertThat(new FisherTest(8, 4).p(4, 3)).isCloseTo(0.4857, within(5e-5));
        assertThat(new FisherTest(8, 4).p(4, 4)).isCloseTo(2.0 / 70, within(1e-9));
    }

    @Test
    void fishersTestIsTheShareOfLabelingsThatAreAsImprobable() {
        int runs = 11;
        int bad = 4;
        int with = 5;
        List<BitSet> labelings = Labelings.of(runs, bad, 1_000);
        int[] counts = new int[bad + 1];
        labelings.forEach(l -> counts[l.get(0, with).cardinality()]++);
        FisherTest test = new FisherTest(runs, bad);
        for (int k = 0; k <= bad; k++) {
            int asRare = 0;
            for (int other : counts) {
                asRare += other <= counts[k] ? other : 0;
            }
            assertThat(test.p(with, k)).isCloseTo((double) asRare / labelings.size(), within(1e-9));
        }
    }

    /** The first example of Newcombe 1998, table II: 56 of 70 and 48 of 80, method 10. */
    @Test
    void theIntervalOfADifferenceIsNewcombes() {
        double[] interval = Separator.difference(56, 70, 48, 80);
        assertThat(interval[0]).isCloseTo(0.2, within(1e-12));
        assertThat(interval[1]).isCloseTo(0.0524, within(5e-5));
        assertThat(interval[2]).isCloseTo(0.3339, within(5e-5));
    }

    @Test
    void fewLabelingsAreAllTakenAndManyAreDrawnOnceAndForAll() {
        assertThat(Labelings.of(8, 3, 100)).hasSize(56).doesNotHaveDuplicates();
        List<BitSet> drawn = Labelings.of(200, 70, 500);
        assertThat(drawn).hasSize(500).allMatch(l -> l.cardinality() == 70);
        assertThat(new HashSet<>(drawn)).hasSize(500);
        assertThat(Labelings.of(200, 70, 500)).isEqualTo(drawn);
    }
}
