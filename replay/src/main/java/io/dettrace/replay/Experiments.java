package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        return run(decisions, RunRequest.scripted(decisions, true));
    }

    /** Runs a recorded schedule as it was. */
    RunResult run(Schedule recorded) throws IOException, InterruptedException {
        List<Decision> decisions = new ArrayList<>(recorded.preemptions());
        decisions.addAll(recorded.choices());
        return run(decisions, RunRequest.again(recorded, true));
    }

    private RunResult run(List<Decision> decisions, RunRequest request) throws IOException, InterruptedException {
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
        RunResult result = runner.run(request).withoutOutput();
        if (result.log().isPresent() && Files.size(result.log().get()) > KEPT_LOG_BYTES) {
            result = result.withoutLog();
        }
        known.add(new Known(wanted, new HashSet<>(result.differences()), result));
        progress.update(runs, "searching");
        return result;
    }

    /** Runs under a policy with the first seeds, as long as the budget lasts. */
    List<RunResult> sample(String policy, int count) throws IOException, InterruptedException {
        long length = Math.max(1, known.isEmpty() ? 1 : known.get(0).result().decisions());
        List<RunRequest> requests = new ArrayList<>();
        for (int seed = 1; seed <= Math.min(count, budget - runs); seed++) {
            requests.add(RunRequest.seeded(policy, seed, length, false));
        }
        List<RunResult> results = new ArrayList<>();
        OrderedRuns.forEach(runner, requests.iterator(), result -> {
            runs++;
            progress.update(runs, "searching");
            return results.add(result.withoutOutput());
        });
        return results;
    }

    /** True if a schedule fails in the way that is to be explained. */
    boolean fails(List<Decision> decisions) throws IOException, InterruptedException {
        return isFailure(run(decisions));
    }

    /** True if a run failed in the way that is to be explained. */
    boolean isFailure(RunResult run) {
        return run.outcome().failed() && run.outcome().signature().equals(signature);
    }

    /** The events of a schedule's run; none if it ended without leaving a log. */
    RunLog log(List<Decision> decisions) throws IOException, InterruptedException {
        RunResult result = run(decisions);
        if (result.log().isPresent()) {
            return RunLog.read(result.log().get());
        }
        RunResult again = runner.run(RunRequest.again(result.schedule(), true));
        RunLog log = again.log().isPresent() ? RunLog.read(again.log().get()) : new RunLog(List.of());
        again.withoutLog();
        return log;
    }

    /**
     * Runs a schedule that is known anew several times, with logs. The first run is also asked for the call stacks at some
     * events; that its log is the same as that of the others shows that asking changes nothing.
     */
    List<RunResult> repeat(List<Decision> decisions, int times, Collection<LogEvent> stacks)
            throws IOException, InterruptedException {
        RunRequest same = RunRequest.again(run(decisions).schedule(), true);
        List<RunRequest> requests = new ArrayList<>(Collections.nCopies(times, same));
        if (!stacks.isEmpty()) {
            Schedule asking = same.control().toBuilder()
                    .header(CallPaths.KEY, CallPaths.wanted(stacks))
                    .build();
            requests.set(0, new RunRequest(asking, true));
        }
        List<RunResult> results = new ArrayList<>();
        OrderedRuns.forEach(runner, requests.iterator(), result -> {
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
