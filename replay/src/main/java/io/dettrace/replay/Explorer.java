package io.dettrace.replay;

import io.dettrace.replay.Exploration.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Looks for schedules under which the program fails. First the base policy, which also tells how long the program is; then
 * one run for each seed. The answer is the same however many runs go on at a time, unless a time limit ends it.
 */
public final class Explorer {
    private final Runner runner;
    private final ExploreOptions options;
    private final ExploreProgress progress;
    private final LongSupplier clock;
    private final long start;

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private Optional<RunResult> pass = Optional.empty();
    private Optional<RunResult> trouble = Optional.empty();
    private int runs;
    private int failing;
    private int baseFailing;
    private int troubled;
    private String stopped = "all runs done";

    private Explorer(Runner runner, ExploreOptions options, ExploreProgress progress, LongSupplier clock) {
        this.runner = runner;
        this.options = options;
        this.progress = progress;
        this.clock = clock;
        start = clock.getAsLong();
    }

    /**
     * Explores.
     *
     * @param clock nanoseconds, for the time limit and the rate
     */
    public static Exploration explore(
            Runner runner, ExploreOptions options, ExploreProgress progress, LongSupplier clock)
            throws IOException, InterruptedException {
        return new Explorer(runner, options, progress, clock).all();
    }

    private Exploration all() throws IOException, InterruptedException {
        RunResult base = runner.run(RunRequest.scripted(List.of(), true));
        judge(base, Failure.BASE);
        if (enough()) {
            stopped = enoughSaid();
        } else if (base.outcome().kind() == Outcome.Kind.LOST) {
            stopped = "the first run left no result";
        } else {
            OrderedRuns.forEach(runner, requests(Math.max(1, base.decisions())), this::take);
        }
        return new Exploration(
                base, runs, failing, troubled, failures(base), passWithLog(base), trouble, stopped, elapsed());
    }

    private Iterator<RunRequest> requests(long length) {
        return new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return given < options.runs();
            }

            @Override
            public RunRequest next() {
                long seed = options.firstSeed() + given++;
                return RunRequest.seeded(options.policy(seed), seed, length, false);
            }
        };
    }

    private boolean take(RunResult result) {
        long seed = options.firstSeed() + runs;
        runs++;
        judge(result, seed);
        progress.update(runs, options.runs(), failing + baseFailing, groups.size(), elapsed());
        if (enough()) {
            stopped = enoughSaid();
            return false;
        }
        if (options.nanos() > 0 && elapsed() >= options.nanos()) {
            stopped = "the time is up";
            return false;
        }
        return true;
    }

    private boolean enough() {
        return options.failures() > 0 && failing + baseFailing >= options.failures();
    }

    private String enoughSaid() {
        int all = failing + baseFailing;
        return all == 1 ? "a failure was found" : all + " failures were found";
    }

    private void judge(RunResult result, long seed) {
        if (result.outcome().failed()) {
            baseFailing += seed == Failure.BASE ? 1 : 0;
            failing += seed == Failure.BASE ? 0 : 1;
            Group group = groups.computeIfAbsent(result.outcome().signature(), s -> new Group(seed, result));
            group.count += seed == Failure.BASE ? 0 : 1;
        } else if (result.outcome().passed()) {
            pass = pass.isPresent() ? pass : Optional.of(result);
        } else {
            troubled += seed == Failure.BASE ? 0 : 1;
            trouble = trouble.isPresent() ? trouble : Optional.of(result);
        }
    }

    private long elapsed() {
        return clock.getAsLong() - start;
    }

    /** Runs the first failure of each group again from its schedule alone: for the log, and to see that it is enough. */
    private List<Failure> failures(RunResult base) throws IOException, InterruptedException {
        List<Failure> failures = new ArrayList<>();
        for (Map.Entry<String, Group> e : groups.entrySet()) {
            Group group = e.getValue();
            if (group.first == base) {
                failures.add(new Failure(e.getKey(), group.seed, group.count, base, true));
                continue;
            }
            RunResult again = again(group.first);
            boolean same = again.outcome().signature().equals(e.getKey());
            if (!same) {
                // Found in a JVM that had run the program before: the seed once more, in one of its own.
                RunResult anew = runner.run(
                        RunRequest.seeded(options.policy(group.seed), group.seed, Math.max(1, base.decisions()), true));
                again = anew.outcome().signature().equals(e.getKey()) ? again(anew) : again;
                same = again.outcome().signature().equals(e.getKey());
            }
            failures.add(new Failure(e.getKey(), group.seed, group.count, same ? again : group.first, same));
        }
        return failures;
    }

    private Optional<RunResult> passWithLog(RunResult base) throws IOException, InterruptedException {
        if (pass.isEmpty() || pass.get() == base) {
            return pass;
        }
        RunResult again = again(pass.get());
        return again.outcome().passed() ? Optional.of(again) : Optional.empty();
    }

    private RunResult again(RunResult first) throws IOException, InterruptedException {
        return runner.run(RunRequest.again(first.schedule(), true));
    }

    private static final class Group {
        final long seed;
        final RunResult first;
        int count;

        Group(long seed, RunResult first) {
            this.seed = seed;
            this.first = first;
        }
    }
}
