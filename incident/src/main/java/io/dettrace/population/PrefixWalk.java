package io.dettrace.population;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.learn.RunTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Walks along a failing run and asks at each event which of the other runs are equivalent up to it. Where they part is told by
 * the comparison of runs, so that another interleaving, and what the passing runs show to be noise, part nothing.
 */
final class PrefixWalk {
    private final List<AlignedRun> runs;
    private final BitSet bad;

    PrefixWalk(List<AlignedRun> runs, BitSet bad) {
        this.runs = runs;
        this.bad = bad;
    }

    /** Along the run of that number. */
    PrefixRisk along(int failing) throws IOException {
        AlignedRun walked = runs.get(failing);
        TreeMap<Integer, int[]> parting = new TreeMap<>();
        int[] left = {0, 0};
        for (int i = 0; i < runs.size(); i++) {
            if (i != failing) {
                int side = bad.get(i) ? 1 : 0;
                left[side]++;
                int event = partingOf(runs.get(i), walked);
                if (event >= 0) {
                    parting.computeIfAbsent(event, e -> new int[2])[side]++;
                }
            }
        }
        int good = left[0];
        int others = left[1];
        List<PrefixRisk.Step> steps = new ArrayList<>();
        for (var e : parting.entrySet()) {
            int before = left[0] + left[1];
            double p = new FisherTest(before, left[1]).p(e.getValue()[0] + e.getValue()[1], e.getValue()[1]);
            left[0] -= e.getValue()[0];
            left[1] -= e.getValue()[1];
            steps.add(step(walked, e.getKey(), left, p));
        }
        return withJump(new PrefixRisk(walked.table().name(), good, others, steps, Optional.empty()));
    }

    private static PrefixRisk.Step step(AlignedRun run, int event, int[] left, double p) {
        RunTable table = run.table();
        boolean behind = event >= table.size();
        String place = RunSummary.place(table, Math.min(event, table.size() - 1));
        return new PrefixRisk.Step(event, place, behind ? "the end of the run" : run.what(event), left[0], left[1], p);
    }

    private static PrefixRisk withJump(PrefixRisk risk) {
        int jump = -1;
        double most = 0;
        for (int i = 0; i < risk.steps().size(); i++) {
            double rise = risk.steps().get(i).risk().orElse(0.0) - risk.riskBefore(i);
            if (rise > most + 1e-12 && risk.steps().get(i).bad() > 0) {
                jump = i;
                most = rise;
            }
        }
        return new PrefixRisk(
                risk.run(), risk.good(), risk.bad(), risk.steps(), jump < 0 ? Optional.empty() : Optional.of(jump));
    }

    /** Number of the first event of {@code walked} that the other run does not have in its place, -1 if they are equivalent. */
    private static int partingOf(AlignedRun other, AlignedRun walked) throws IOException {
        Comparison c =
                RunComparator.compare(other.run(), walked.run(), CompareOptions.DEFAULT.withContext(1), Progress.NONE);
        int first = -1;
        for (Divergence d : c.roots()) {
            int at = eventOf(d);
            first = first < 0 ? at : Math.min(first, at);
        }
        return first;
    }

    /** The walked run's event at which they part: lines of a table are numbers of its events, from 1. */
    private static int eventOf(Divergence d) {
        long first = Stream.concat(d.members().stream().map(Divergence.Member::actual), Stream.of(d.actual()))
                .flatMap(Optional::stream)
                .mapToLong(e -> e.source().line() - 1)
                .min()
                .orElseGet(() -> d.before().isEmpty()
                        ? 0
                        : d.before()
                                .get(d.before().size() - 1)
                                .candidate()
                                .source()
                                .line());
        return (int) first;
    }
}
