package io.dettrace.population;

import io.dettrace.event.InputException;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What separates several failing runs from several passing ones.
 *
 * @param good names of the passing runs
 * @param bad names of the failing runs
 * @param statements how many different statements are true of some runs only
 * @param groups how many different sets of runs they are true of
 * @param ranked groups of statements, the best first
 * @param risk how probable failure is along a failing run; empty if there is but one
 */
public record PopulationStudy(
        List<String> good,
        List<String> bad,
        int statements,
        int groups,
        List<Separation> ranked,
        Optional<PrefixRisk> risk) {
    /** Runs of each sort, at most. */
    public static final int MAX_RUNS = 1_000;

    /** Failing runs that are walked along, if none is asked for, to find the clearest jump. */
    private static final int WALKED = 5;

    private static final int SAMPLE = 2_048;

    /**
     * Studies runs.
     *
     * @param mapping what fields mean, with the rules about noise that passing runs showed
     * @param reference a passing run whose names of lanes are used
     * @param along number of the failing run to walk along, empty for the one with the clearest jump
     */
    public static PopulationStudy of(
            List<RunTable> good, List<RunTable> bad, Mapping mapping, RunTable reference, Optional<Integer> along)
            throws IOException {
        check("passing", good.size());
        check("failing", bad.size());
        List<AlignedRun> runs = new ArrayList<>();
        for (List<RunTable> side : List.of(good, bad)) {
            for (RunTable t : side) {
                Map<String, String> aliases = t == reference
                        ? Map.of()
                        : MappingInference.aliases(reference.sample(SAMPLE), t.sample(SAMPLE), mapping);
                runs.add(new AlignedRun(t, mapping, aliases));
            }
        }
        BitSet failing = new BitSet();
        failing.set(good.size(), runs.size());
        List<RunSummary> summaries = runs.stream()
                .map(r -> new RunSummary(r.table(), mapping, r.aliases()))
                .toList();
        Predicates predicates = new Predicates(summaries, good.size());
        return new PopulationStudy(
                good.stream().map(RunTable::name).toList(),
                bad.stream().map(RunTable::name).toList(),
                predicates.count(),
                predicates.byRuns().size(),
                new Separator(summaries, failing).rank(predicates),
                bad.size() < 2 ? Optional.empty() : Optional.of(risk(runs, failing, good.size(), along)));
    }

    private static void check(String which, int number) throws InputException {
        if (number == 0 || number > MAX_RUNS) {
            throw new InputException(
                    "runs are told apart from 1 to " + MAX_RUNS + " " + which + " ones, but there are " + number);
        }
    }

    private static PrefixRisk risk(List<AlignedRun> runs, BitSet failing, int firstBad, Optional<Integer> along)
            throws IOException {
        PrefixWalk walk = new PrefixWalk(runs, failing);
        if (along.isPresent()) {
            return walk.along(firstBad + along.get());
        }
        int bad = runs.size() - firstBad;
        int walked = Math.min(WALKED, bad);
        List<PrefixRisk> all = new ArrayList<>();
        for (int i = 0; i < walked; i++) {
            all.add(walk.along(firstBad + (int) ((long) i * bad / walked)));
        }
        return all.stream()
                .min(Comparator.comparingDouble((PrefixRisk r) -> -r.rise())
                        .thenComparingInt(
                                r -> -r.jump().map(j -> r.steps().get(j).bad()).orElse(0)))
                .orElseThrow();
    }

    /** The statements that separate, at a probability of a false one among them of at most {@code alpha}. */
    public List<Separation> separating(double alpha) {
        return ranked.stream().filter(s -> s.adjusted() <= alpha).toList();
    }
}
