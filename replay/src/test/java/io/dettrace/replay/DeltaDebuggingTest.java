package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Minimal sets: whatever the effect, nothing can be left out, alone or in a pair. */
class DeltaDebuggingTest {
    private static final List<Integer> ALL = IntStream.range(0, 24).boxed().toList();

    @Test
    void oneCulpritAmongManyIsFoundInLogarithmicallyManyTests() throws Exception {
        for (int culprit : ALL) {
            int[] tests = new int[1];
            List<Integer> found = DeltaDebugging.minimal(ALL, some -> {
                tests[0]++;
                return some.contains(culprit);
            });
            assertThat(found).containsExactly(culprit);
            assertThat(tests[0]).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void whatIsNeededTogetherIsFoundInItsOrder() throws Exception {
        Set<Integer> needed = Set.of(3, 11, 12, 23);
        assertThat(DeltaDebugging.minimal(ALL, some -> some.containsAll(needed)))
                .containsExactly(3, 11, 12, 23);
    }

    @Test
    void aPairThatOnlyUndoesItselfIsLeftOut() throws Exception {
        // 5 and 6 each spoil the effect unless both are there or both are not.
        List<Integer> found = DeltaDebugging.minimal(
                List.of(1, 2, 5, 6),
                some -> some.contains(1) && some.contains(2) && some.contains(5) == some.contains(6));
        assertThat(found).containsExactly(1, 2);
    }

    @Test
    void nothingCanBeLeftOutOfTheResultWhateverTheEffect() {
        Seeds.each(300, seed -> {
            Random random = new Random(seed);
            Set<Set<Integer>> showing = new HashSet<>();
            List<Integer> all = ALL.subList(0, 1 + random.nextInt(8));
            for (int i = 0; i < 60; i++) {
                Set<Integer> some = new HashSet<>(all);
                some.removeIf(x -> random.nextBoolean());
                if (!some.isEmpty()) {
                    showing.add(some);
                }
            }
            showing.add(new HashSet<>(all));
            List<Integer> found = DeltaDebugging.minimal(all, some -> showing.contains(new HashSet<>(some)));
            assertThat(showing).contains(new HashSet<>(found));
            for (int i = 0; i < found.size() && found.size() > 1; i++) {
                for (int j = i; j < found.size() && found.size() > 2; j++) {
                    List<Integer> less = new ArrayList<>(found);
                    less.remove(j);
                    if (j != i) {
                        less.remove(i);
                    }
                    assertThat(showing).doesNotContain(new HashSet<>(less));
                }
            }
        });
    }
}
