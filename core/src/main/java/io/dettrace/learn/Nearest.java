package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Of several passing runs the one that a run differs least from. */
public final class Nearest {
    private static final int SAMPLE = 2_048;

    private Nearest() {}

    /**
     * Number of the run with the fewest roots, then the fewest downstream differences, then the most events that correspond; of
     * equals the first.
     *
     * @param ruled mapping with the rules of a profile
     */
    public static int of(List<RunTable> passing, RunTable candidate, Mapping ruled) throws IOException {
        int nearest = 0;
        Comparison best = null;
        for (int i = 0; i < passing.size(); i++) {
            Map<String, String> aliases =
                    MappingInference.aliases(passing.get(i).sample(SAMPLE), candidate.sample(SAMPLE), ruled);
            Comparison c = RunComparator.compare(
                    passing.get(i).run(ruled, Map.of()),
                    candidate.run(ruled, aliases),
                    CompareOptions.DEFAULT.withContext(0),
                    Progress.NONE);
            if (best == null || isNearer(c, best)) {
                best = c;
                nearest = i;
            }
        }
        return nearest;
    }

    private static boolean isNearer(Comparison c, Comparison than) {
        if (c.roots().size() != than.roots().size()) {
            return c.roots().size() < than.roots().size();
        }
        return c.effectCount() != than.effectCount()
                ? c.effectCount() < than.effectCount()
                : c.matched() > than.matched();
    }
}
