package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Preemption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ends of a window by moving its switch. Between two events of the interrupted thread that do not conflict with
 * the intrusion a move changes nothing, so only the places around conflicting events are tried: behind the first one after
 * the switch, and before the last one in front of it.
 */
final class TightWindow {
    private static final int MOST_MOVES = 4;
    private static final int MOST_OPENINGS = 2;
    private static final int MOST_RETURNS = 3;

    private final Experiments experiments;
    private final List<Decision> base;
    private List<Change> changes;
    private @Nullable LogEvent opening;
    private @Nullable LogEvent closing;
    private @Nullable LogEvent decisive;

    private TightWindow(Experiments experiments, List<Decision> base, List<Change> changes) {
        this.experiments = experiments;
        this.base = base;
        this.changes = changes;
    }

    /**
     * What was found.
     *
     * @param changes the changes, with the switch as late as it still makes the run fail
     * @param opening the event before which the switch does no harm, or null if not known
     * @param closing the event after which the switch does no harm, or null if not known
     * @param decisive the intruder's event before which going back does no harm, or null if not known
     */
    record Found(
            List<Change> changes,
            @Nullable LogEvent opening,
            @Nullable LogEvent closing,
            @Nullable LogEvent decisive) {}

    /** Moves the switch of the change at {@code index}. Of anything but a switch that is made, nothing is found. */
    static Found search(Experiments experiments, List<Decision> base, List<Change> changes, int index)
            throws IOException, InterruptedException {
        TightWindow search = new TightWindow(experiments, base, changes);
        Change change = changes.get(index);
        if (change.passing() == null && change.failing() instanceof Preemption) {
            search.later(index);
            search.earlier(index);
            search.back(index);
        }
        return new Found(search.changes, search.opening, search.closing, search.decisive);
    }

    private void later(int index) throws IOException, InterruptedException {
        for (int move = 0; move < MOST_MOVES; move++) {
            Preemption now = preemption(index);
            Optional<WindowFinder> finder = finder(index);
            // A thread that could not go on anyway was not interrupted: its switch has no other place.
            if (finder.isEmpty() || !finder.get().interrupted().equals(now.thread())) {
                return;
            }
            List<LogEvent> closings = finder.get().closings();
            if (closings.isEmpty()) {
                return;
            }
            LogEvent first = closings.get(0);
            List<Change> behind = moved(index, first.n() + 1);
            if (!fails(behind)) {
                closing = first;
                if (first.n() > now.n() && fails(moved(index, first.n()))) {
                    changes = moved(index, first.n());
                }
                return;
            }
            changes = behind;
        }
    }

    private void earlier(int index) throws IOException, InterruptedException {
        Optional<WindowFinder> finder = finder(index);
        if (finder.isEmpty()
                || !finder.get().interrupted().equals(preemption(index).thread())) {
            return;
        }
        List<LogEvent> openings = finder.get().openings();
        for (int i = 0; i < Math.min(MOST_OPENINGS, openings.size()); i++) {
            LogEvent event = openings.get(i);
            List<Change> before = moved(index, event.n());
            RunResult run = experiments.run(Change.apply(base, before));
            boolean made = run.differences().contains(before.get(index).decision());
            if (made && !experiments.isFailure(run)) {
                opening = event;
                return;
            }
        }
    }

    /**
     * Where the intruder has several accesses that could matter, finds the one that does: the interrupted thread goes on just
     * before one of them, and the run passes if that one, or a later one, is needed.
     */
    private void back(int index) throws IOException, InterruptedException {
        Optional<WindowFinder> finder = finder(index);
        if (finder.isEmpty()) {
            return;
        }
        Window window = finder.get().window(preemption(index), opening, closing, null);
        List<LogEvent> rivals = finder.get().rivals(window);
        if (window.after().isEmpty() || rivals.size() < 2) {
            return;
        }
        int passes = -1;
        int fails = rivals.size();
        int next = fails - 1;
        for (int tries = 0; tries < MOST_RETURNS && fails - passes > 1; tries++) {
            Optional<Boolean> failing = failsIfBack(window, rivals.get(next));
            if (failing.isEmpty()) {
                return;
            }
            if (failing.get()) {
                fails = next;
            } else {
                passes = next;
            }
            next = (passes + fails) / 2;
        }
        if (passes >= 0) {
            decisive = rivals.get(passes);
        }
    }

    /** Whether the run fails if the window is closed before an event of the intruder; empty if that cannot be had. */
    private Optional<Boolean> failsIfBack(Window window, LogEvent event) throws IOException, InterruptedException {
        List<Change> all = new ArrayList<>(changes);
        all.add(new Change(null, new Preemption(event.thread(), event.n(), window.interrupted())));
        List<Decision> decisions = Change.apply(base, all);
        RunResult run = experiments.run(decisions);
        LogEvent after = window.after().orElseThrow();
        for (LogEvent e : experiments.log(decisions).events()) {
            if (e.thread().equals(after.thread()) && e.n() == after.n()) {
                return Optional.of(experiments.isFailure(run));
            }
            if (e.thread().equals(event.thread()) && e.n() == event.n()) {
                break;
            }
        }
        return Optional.empty();
    }

    private Preemption preemption(int index) {
        return (Preemption) changes.get(index).decision();
    }

    private Optional<WindowFinder> finder(int index) throws IOException, InterruptedException {
        List<Change> less = new ArrayList<>(changes);
        less.remove(index);
        return WindowFinder.of(experiments.log(Change.apply(base, changes)), experiments.log(Change.apply(base, less)));
    }

    private List<Change> moved(int index, long n) {
        Preemption now = preemption(index);
        List<Change> all = new ArrayList<>(changes);
        all.set(index, new Change(null, new Preemption(now.thread(), n, now.to())));
        return all;
    }

    private boolean fails(List<Change> all) throws IOException, InterruptedException {
        return experiments.fails(Change.apply(base, all));
    }
}
