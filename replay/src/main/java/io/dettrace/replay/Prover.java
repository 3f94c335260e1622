package io.dettrace.replay;

import io.dettrace.replay.Proof.Evidence;
import io.dettrace.replay.Proof.Step;
import io.dettrace.replay.Proof.Verdict;
import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Shows by experiment which decisions of a schedule make a run fail. In five steps: the schedule must fail again; a passing
 * schedule is needed, the base policy's or a found one; the difference between the two is made minimal by delta debugging;
 * each switch that is left is moved as far as its window goes; both schedules are run anew several times.
 *
 * <p>The idea is that of Choi and Zeller, "Isolating Failure-Inducing Thread Schedules" (ISSTA 2002). Here every question
 * has one answer, because a schedule determines its run.
 */
public final class Prover {
    private static final String SEARCH_STRATEGY = "pct:3";

    private final Runner runner;
    private final ProveOptions options;
    private final ProveProgress progress;
    private final Outcome failure;
    private final Experiments experiments;

    private List<Decision> failing;
    private List<Decision> base = List.of();
    private List<Change> changes = List.of();
    private final Map<Decision, TightWindow.Found> ends = new HashMap<>();
    private String message = "";

    private Prover(Runner runner, Schedule recorded, Outcome failure, ProveOptions options, ProveProgress progress) {
        this.runner = runner;
        this.options = options;
        this.progress = progress;
        this.failure = failure;
        failing = new ArrayList<>(recorded.preemptions());
        failing.addAll(recorded.choices());
        experiments = new Experiments(runner, failure.signature(), options.budget(), progress);
    }

    /** Proves the cause of a recorded run, whose header must have its outcome. The logs are gone when the runner is closed. */
    public static Proof prove(Runner runner, Schedule recorded, ProveOptions options, ProveProgress progress)
            throws IOException, InterruptedException {
        Outcome failure = Outcome.parse(recorded.header("outcome", "ok"));
        Prover prover = new Prover(runner, recorded, failure, options, progress);
        int decisions = prover.failing.size();
        if (!failure.failed()) {
            return prover.without(Verdict.NOT_FAILING, "the recorded run ended with: " + failure.text(), decisions);
        }
        try {
            return prover.prove(recorded, decisions);
        } catch (Experiments.OverBudget e) {
            return prover.without(Verdict.OVER_BUDGET, e.getMessage(), decisions);
        }
    }

    private Proof prove(Schedule schedule, int recorded) throws IOException, InterruptedException {
        RunResult again = experiments.run(schedule);
        if (!experiments.isFailure(again)) {
            String said = again.message().isEmpty() ? "" : " (" + again.message() + ")";
            return without(
                    Verdict.NOT_REPRODUCIBLE,
                    "the recorded run ended with: " + failure.text() + "; its schedule, run again, with: "
                            + again.outcome().text() + said,
                    recorded);
        }
        message = again.message();
        failing = again.differences();
        if (!findBase()) {
            return without(
                    Verdict.ALWAYS_FAILS,
                    "none of " + options.passingRuns()
                            + " random schedules passed, nor did the base policy: this is not a"
                            + " matter of scheduling, or there is no schedule that is right",
                    recorded);
        }
        minimise();
        shorten();
        tighten();
        return proof(recorded);
    }

    private Proof without(Verdict verdict, String detail, int recorded) {
        Evidence evidence = new Evidence(experiments.runs(), experiments.saved(), 0, 0, 0, 0, 0, 0, 0);
        return new Proof(
                verdict,
                detail,
                failure,
                message,
                recorded,
                List.of(),
                base,
                List.of(),
                CallPaths.NONE,
                evidence,
                Optional.empty(),
                Optional.empty());
    }

    /** Finds a schedule that passes: the empty one, or a random one made as small as it still passes. */
    private boolean findBase() throws IOException, InterruptedException {
        RunResult empty = experiments.run(List.of());
        if (empty.outcome().passed()) {
            return true;
        }
        if (experiments.isFailure(empty)) {
            failing = List.of();
        }
        Optional<List<Decision>> passing = findPassing(Math.max(1, empty.decisions()));
        if (passing.isEmpty()) {
            return false;
        }
        base = DeltaDebugging.minimal(
                passing.get(), some -> experiments.run(some).outcome().passed());
        return true;
    }

    private Optional<List<Decision>> findPassing(long length) throws IOException, InterruptedException {
        Iterator<RunRequest> seeds = IntStream.rangeClosed(1, options.passingRuns())
                .mapToObj(seed -> RunRequest.seeded(SEARCH_STRATEGY, seed, length, false))
                .iterator();
        List<List<Decision>> found = new ArrayList<>();
        OrderedRuns.forEach(runner, seeds, result -> {
            if (result.outcome().passed()) {
                found.add(result.differences());
            }
            return found.isEmpty();
        });
        if (!found.isEmpty() && !experiments.run(found.get(0)).outcome().passed()) {
            throw new IOException(
                    "a schedule that passed did not pass again; something in the program is not controlled");
        }
        return found.stream().findFirst();
    }

    private void minimise() throws IOException, InterruptedException {
        changes = DeltaDebugging.minimal(
                Change.between(base, failing), some -> experiments.fails(Change.apply(base, some)));
    }

    /** Looks for a smaller set that does the same. */
    private void shorten() throws IOException, InterruptedException {
        if (changes.size() < 2) {
            return;
        }
        RunLog failingLog = experiments.log(Change.apply(base, changes));
        List<Step> steps = new ArrayList<>();
        for (Change c : changes) {
            steps.add(step(c, failingLog));
        }
        changes = Shortening.search(experiments, base, changes, steps, failure);
    }

    /** Moves each switch to the end of its window, and makes sure that what comes of it is still minimal. */
    private void tighten() throws IOException, InterruptedException {
        for (int i = 0; i < changes.size(); i++) {
            TightWindow.Found found = TightWindow.search(experiments, base, changes, i);
            changes = found.changes();
            ends.put(changes.get(i).decision(), found);
        }
        changes = DeltaDebugging.minimal(changes, some -> experiments.fails(Change.apply(base, some)));
    }

    private Proof proof(int recorded) throws IOException, InterruptedException {
        List<Decision> minimal = Change.apply(base, changes);
        RunLog failingLog = experiments.log(minimal);
        List<Change> inOrder = inOrderOfEffect(failingLog);
        List<Step> steps = new ArrayList<>();
        for (Change c : inOrder) {
            steps.add(step(c, failingLog));
        }
        List<Decision> passing = counterpart(steps, inOrder).map(this::without).orElse(base);
        behindWait(steps, failingLog);
        List<Proof.Held> deadlock = Deadlocks.of(experiments.run(minimal), failingLog);
        Set<LogEvent> named = named(steps, deadlock);
        List<RunResult> fails = experiments.repeat(minimal, options.repeats(), of(failingLog, named));
        List<RunResult> passes = experiments.repeat(passing, options.repeats(), of(experiments.log(passing), named));
        String digest = experiments.run(minimal).logDigest();
        int failed = (int) fails.stream()
                .filter(r -> experiments.isFailure(r) && r.logDigest().equals(digest))
                .count();
        int passed = (int) passes.stream().filter(r -> r.outcome().passed()).count();
        Proof found = new Proof(
                failed == options.repeats() && passed == options.repeats() ? Verdict.PROVED : Verdict.NOT_REPRODUCIBLE,
                failed + " of " + options.repeats() + " replays failed the same way and " + passed + " of "
                        + options.repeats() + " counterfactual runs passed",
                failure,
                message,
                recorded,
                List.copyOf(steps),
                List.copyOf(base),
                deadlock,
                CallPaths.told(fails.get(0).schedule(), of(failingLog, named))
                        .and(CallPaths.told(passes.get(0).schedule(), of(experiments.log(passing), named))),
                new Evidence(experiments.runs(), experiments.saved(), options.repeats(), failed, passed, 0, 0, 0, 0),
                Optional.of(keepFirst(fails)),
                Optional.of(keepFirst(passes)));
        return withNeighbours(found, minimal);
    }

    /** Where a thread failed right behind a wait that others made vain, its own window says more than that of the switch. */
    private void behindWait(List<Step> steps, RunLog failingLog) {
        Proof.telling(failure, steps)
                .ifPresent(s -> s.window()
                        .flatMap(w -> BrokenWait.find(failure, failingLog, w))
                        .ifPresent(w -> steps.set(steps.indexOf(s), s.with(w))));
    }

    private static Set<LogEvent> named(List<Step> steps, List<Proof.Held> deadlock) {
        Set<LogEvent> named = new LinkedHashSet<>();
        steps.forEach(s -> s.window().ifPresent(w -> named.addAll(w.named())));
        deadlock.forEach(h -> {
            named.addAll(h.holds());
            h.blocked().ifPresent(named::add);
            h.lastSignal().ifPresent(named::add);
        });
        return named;
    }

    /** Those of the events that are a run's own. */
    private static List<LogEvent> of(RunLog log, Set<LogEvent> events) {
        return log.events().stream().filter(events::contains).toList();
    }

    private static RunResult keepFirst(List<RunResult> runs) {
        runs.subList(1, runs.size()).forEach(RunResult::withoutLog);
        return runs.get(0);
    }

    private List<Change> inOrderOfEffect(RunLog failingLog) throws IOException, InterruptedException {
        Map<Change, Integer> starts = new HashMap<>();
        for (Change c : changes) {
            starts.put(c, failingLog.firstDifference(experiments.log(without(c))));
        }
        return changes.stream().sorted(Comparator.comparing(starts::get)).toList();
    }

    private Step step(Change change, RunLog failingLog) throws IOException, InterruptedException {
        List<Decision> less = without(change);
        TightWindow.Found found = ends.get(change.decision());
        Optional<Window> window = WindowFinder.of(failingLog, experiments.log(less))
                .map(finder -> found == null
                        ? finder.window(change.decision(), null, null, null)
                        : finder.window(change.decision(), found.opening(), found.closing(), found.decisive()));
        Decision d = change.decision();
        return new Step(
                d,
                Optional.ofNullable(failingLog.find(d.thread(), d.n())),
                change.failing() != null,
                experiments.run(less).outcome(),
                window);
    }

    private List<Decision> without(Change change) {
        return Change.apply(
                base, changes.stream().filter(c -> !c.equals(change)).toList());
    }

    /** The change to leave out for the run beside: the most telling one without which the run passes. */
    private Optional<Change> counterpart(List<Step> steps, List<Change> inOrder) {
        List<Step> passing = steps.stream().filter(s -> s.without().passed()).toList();
        Optional<Step> telling = Proof.telling(failure, passing);
        return telling.or(() -> passing.stream().findFirst()).map(s -> inOrder.get(steps.indexOf(s)));
    }

    private Proof withNeighbours(Proof p, List<Decision> minimal) throws IOException, InterruptedException {
        Optional<Window> window = p.telling().flatMap(Step::window);
        if (options.neighbours() == 0
                || window.isEmpty()
                || window.get().between().isEmpty()
                || window.get().after().isEmpty()) {
            return p;
        }
        long length = Math.max(1, p.failing().orElseThrow().decisions());
        Neighbours n = Neighbours.run(runner, window.get(), minimal, length, options.neighbours(), progress);
        Evidence e = p.evidence();
        Evidence counted = new Evidence(
                e.searchRuns(),
                e.savedRuns(),
                e.repeats(),
                e.failedAgain(),
                e.passedAgain(),
                n.whole,
                n.wholeFailing,
                n.broken,
                n.brokenFailing);
        return new Proof(
                p.verdict(),
                p.detail(),
                p.failure(),
                p.message(),
                p.recorded(),
                p.steps(),
                p.base(),
                p.deadlock(),
                p.paths(),
                counted,
                p.failing(),
                p.passing());
    }
}
