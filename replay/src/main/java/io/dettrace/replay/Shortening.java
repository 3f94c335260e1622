package io.dettrace.replay;

import io.dettrace.replay.Proof.Step;
import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Preemption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a smaller set of decisions than one that is minimal already: a set of which none can be left out need not be the
 * smallest there is. Often most of its decisions only bring the threads into another order, and one switch does what several
 * do. Three ways, each with few runs: the same window in the thread that the base policy runs first ({@link Mirror}); one of
 * the switches alone, to another thread; and schedules with fewer switches from the start, at random.
 */
final class Shortening {
    private static final int MOST_MIRRORED = 3;
    private static final int MOST_REDIRECTED = 6;
    private static final int MOST_SAMPLES = 12;
    private static final int MOST_MINIMISED = 2;
    private static final int MANY = 3;
    private static final String FEWER_SWITCHES = "pct:2";

    private final Experiments experiments;
    private final List<Decision> base;
    private final List<Change> changes;

    private Shortening(Experiments experiments, List<Decision> base, List<Change> changes) {
        this.experiments = experiments;
        this.base = base;
        this.changes = changes;
    }

    /**
     * A smaller set of changes that fails the same way, or the same one.
     *
     * @param steps the changes with their windows
     * @param failure the failure, which says which windows tell most
     */
    static List<Change> search(
            Experiments experiments, List<Decision> base, List<Change> changes, List<Step> steps, Outcome failure)
            throws IOException, InterruptedException {
        Shortening search = new Shortening(experiments, base, changes);
        if (changes.size() < 2) {
            return changes;
        }
        Optional<List<Change>> one = Optional.empty();
        if (base.isEmpty()) {
            List<Step> telling = tellingFirst(steps, failure);
            one = search.mirrored(telling);
            one = one.isPresent() ? one : search.redirected(telling);
        }
        return one.isPresent() ? one.get() : search.sampled();
    }

    private static List<Step> tellingFirst(List<Step> steps, Outcome failure) {
        List<Step> left = new ArrayList<>(steps);
        List<Step> sorted = new ArrayList<>();
        for (Optional<Step> s = Proof.telling(failure, left); s.isPresent(); s = Proof.telling(failure, left)) {
            sorted.add(s.get());
            left.remove(s.get());
        }
        return sorted;
    }

    /** With many switches the most telling window may not be the right one; more runs are worth while then. */
    private Optional<List<Change>> mirrored(List<Step> telling) throws IOException, InterruptedException {
        int most = Math.min(changes.size() - 1, MOST_MIRRORED);
        for (Step s : telling.subList(0, Math.min(most, telling.size()))) {
            for (Preemption one : Mirror.of(s.window().orElseThrow(), experiments.log(base))) {
                if (experiments.fails(List.of(one))) {
                    return Optional.of(List.of(new Change(null, one)));
                }
            }
        }
        return Optional.empty();
    }

    /** One of the switches alone, to a thread that another decision lets in. */
    private Optional<List<Change>> redirected(List<Step> telling) throws IOException, InterruptedException {
        Set<String> threads = new LinkedHashSet<>();
        telling.forEach(s -> threads.add(s.window().orElseThrow().intruder()));
        changes.forEach(c -> threads.add(c.decision().to()));
        int tries = 0;
        for (Step s : telling) {
            for (String to : threads) {
                Decision d = s.decision();
                if (!(d instanceof Preemption p) || to.equals(d.to()) || to.equals(d.thread())) {
                    continue;
                }
                Preemption other = new Preemption(p.thread(), p.n(), p.rep(), to);
                if (tries++ < Math.min(MOST_REDIRECTED, 2 * changes.size()) && experiments.fails(List.of(other))) {
                    return Optional.of(List.of(new Change(null, other)));
                }
            }
        }
        return Optional.empty();
    }

    /** Where many are left: schedules that have few switches from the start. */
    private List<Change> sampled() throws IOException, InterruptedException {
        if (changes.size() < MANY) {
            return changes;
        }
        List<Change> best = changes;
        List<RunResult> failing = new ArrayList<>(experiments.sample(FEWER_SWITCHES, MOST_SAMPLES));
        failing.removeIf(r -> !experiments.isFailure(r));
        failing.sort(Comparator.comparing(r -> r.differences().size()));
        for (RunResult r : failing.subList(0, Math.min(MOST_MINIMISED, failing.size()))) {
            if (best.size() > 1) {
                List<Change> minimal = DeltaDebugging.minimal(
                        Change.between(base, r.differences()), some -> experiments.fails(Change.apply(base, some)));
                best = minimal.size() < best.size() ? minimal : best;
            }
        }
        return best;
    }
}
