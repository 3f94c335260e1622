package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs of changed schedules, none of them twice. A run tells which of the decisions asked for were really made; any
 * schedule between those made and those asked for is known to give the same run.
 */
final class Experiments {
    /** A log that is larger is not kept, but made again when it is looked at. */
    private static final long KEPT_LOG_BYTES = 16_000_000;

    private final Runner runner;
    private final String signature;
    private final int budget;
    private final ProveProgress progress;
    private final List<Known> known = new ArrayList<>();
    private int runs;
    private int saved;

    private record Known(Set<Decision> asked, Set<Decision> made, RunResult result) {
        boolean covers(Set<Decision> wanted) {
            return wanted.containsAll(made) && asked.containsAll(wanted);
        }
    }

    /** Thrown when the budget of runs is used up. */
    static final class OverBudget extends IOException {
        private static final long serialVersionUID = 1L;

        OverBudget(int budget) {
            super("the budget of " + budget + " runs is used up");
        }
    }

    Experiments(Runner runner, String signature, int budget, ProveProgress progress) {
        this.runner = runner;
        this.signature = signature;
        this.budget = budget;
        this.progress = progress;
    }

    /** Runs a schedule, unless its run is known. */
    RunResult run(List<Decision> decisions) throws IOException, InterruptedException {
        Set<Decision> wanted = new HashSet<>(decisions);
        for (Known k : known) {
            if (k.covers(wanted)) {
                saved++;
                return k.result();
            }
        }
        if (runs >= budget) {
            throw new OverBudget(budget);
        }
        runs++;
        RunResult result = runner.run(RunRequest.scripted(decisions, true));
        if (result.log().isPresent() && Files.size(result.log().get()) > KEPT_LOG_BYTES) {
            result = result.withoutLog();
        }
        known.add(new Known(wanted, new HashSet<>(result.differences()), result));
        progress.update(runs, "searching");
        return result;
    }

    /** True if a schedule fails in the way that is to be explained. */
    boolean fails(List<Decision> decisions) throws IOException, InterruptedException {
        return isFailure(run(decisions));
    }

    /** True if a run failed in the way that is to be explained. */
    boolean isFailure(RunResult run) {
        return run.outcome().failed() && run.outcome().signature().equals(signature);
    }

    /** The events of a schedule's run. */
    RunLog log(List<Decision> decisions) throws IOException, InterruptedException {
        RunResult result = run(decisions);
        Path file = result.log().isPresent() ? result.log().get() : runner.run(RunRequest.scripted(decisions, true))
                .log()
                .orElseThrow(() -> new IOException("a run left no event log"));
        try {
            return RunLog.read(file);
        } finally {
            if (result.log().isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Runs a schedule anew several times, whether it is known or not; with logs if asked. */
    List<RunResult> repeat(List<Decision> decisions, int times, boolean log) throws IOException, InterruptedException {
        Iterator<RunRequest> same =
                Stream.generate(() -> RunRequest.scripted(decisions, log)).limit(times).iterator();
        List<RunResult> results = new ArrayList<>();
        OrderedRuns.forEach(runner, same, result -> {
            progress.update(runs + results.size() + 1, "confirming");
            return results.add(result);
        });
        return results;
    }

    /** Runs made by {@link #run}. */
    int runs() {
        return runs;
    }

    /** Runs that were not made because their result was known. */
    int saved() {
        return saved;
    }
}
