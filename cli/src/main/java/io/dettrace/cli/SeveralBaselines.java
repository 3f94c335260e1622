package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunTables;
import io.dettrace.formats.Runs;
import io.dettrace.learn.LearnReport;
import io.dettrace.learn.Learner;
import io.dettrace.learn.Learnt;
import io.dettrace.learn.Nearest;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.profile.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several good runs of one comparison: a profile is learnt from them, or given, and the candidate is compared with the nearest.
 *
 * @param ruled how all runs are read, with the rules of the profile
 * @param nearest the baseline that the candidate differs least from
 */
record SeveralBaselines(Mapping ruled, String nearest) {
    static SeveralBaselines learn(List<String> baselines, String candidate, ReadOptions read) throws IOException {
        if (baselines.contains("-") || candidate.equals("-")) {
            throw new InputException("standard input can be read once only; with several baselines name files");
        }
        List<RunTable> tables = new ArrayList<>();
        Mapping declared = null;
        RunTable bad;
        try (Runs runs = new Runs(read, System.in).ofOneProgram()) {
            for (String input : baselines) {
                OpenedRun run = runs.openOne(List.of(input));
                declared = declared == null ? run.declared() : declared;
                tables.add(RunTables.read(run));
            }
            ReadOptions ofCandidate = read.candidateRun().isEmpty() ? read : read.withBaselineRun(read.candidateRun());
            try (Runs other = new Runs(ofCandidate, System.in)) {
                bad = RunTables.read(other.openOne(List.of(candidate)));
            }
        }
        boolean given = read.mapping().filter(Mapping::isRuled).isPresent();
        if (given) {
            Mapping ruled = read.mapping().get();
            return new SeveralBaselines(ruled, baselines.get(Nearest.of(tables, bad, ruled)));
        }
        Learnt learnt =
                Learner.learnWithoutBlindness(tables, declared, read.mapping().isPresent());
        Profile profile = LearnReport.withEvidence(
                learnt, tables.stream().mapToLong(RunTable::size).sum());
        int nearest = Nearest.of(tables, bad, profile.ruled());
        String clean = learnt.clean().isEmpty()
                ? ""
                : "; leave one out " + learnt.cleanRuns() + " of "
                        + learnt.clean().size() + " clean";
        String note = "compared with " + baselines.get(nearest) + ", the nearest of " + baselines.size() + " baselines"
                + clean;
        return new SeveralBaselines(
                profile.ruled("learnt from the baselines", Optional.of(note)), baselines.get(nearest));
    }
}
