package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Random schedules around a window: half of them from the start, half behind the first decisions of the proof. Where the
 * window stayed whole the run should pass, where it was broken it may fail. A window is known by what is done to what, so
 * that it is found again whichever thread comes to it, and from whichever place in the source.
 */
final class Neighbours {
    private static final long FIRST_SEED = 1_001;

    private final Window window;
    int whole;
    int wholeFailing;
    int broken;
    int brokenFailing;

    private Neighbours(Window window) {
        this.window = window;
    }

    /** Runs them and counts. */
    static Neighbours run(
            Runner runner, Window window, List<Decision> failing, long length, int count, ProveProgress progress)
            throws IOException, InterruptedException {
        Neighbours counts = new Neighbours(window);
        OrderedRuns.forEach(runner, requests(failing, length, count).iterator(), result -> {
            counts.count(result);
            progress.update(counts.whole + counts.broken, "trying neighbours");
            return true;
        });
        return counts;
    }

    private static List<RunRequest> requests(List<Decision> failing, long length, int count) {
        List<RunRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RunRequest free = RunRequest.seeded("pct:3", FIRST_SEED + i, length, true);
            if (i % 2 == 1 && !failing.isEmpty()) {
                Schedule.Builder then =
                        free.control().toBuilder().header("policy", "base").header("then", "random:0.1");
                failing.forEach(then::add);
                requests.add(new RunRequest(then.build(), true));
            } else {
                requests.add(free);
            }
        }
        return requests;
    }

    private void count(RunResult result) throws IOException {
        if (result.outcome().isTrouble() || result.log().isEmpty()) {
            return;
        }
        boolean isBroken = isBroken(RunLog.read(result.log().get()));
        boolean fails = result.outcome().failed();
        whole += isBroken ? 0 : 1;
        wholeFailing += !isBroken && fails ? 1 : 0;
        broken += isBroken ? 1 : 0;
        brokenFailing += isBroken && fails ? 1 : 0;
        result.withoutLog();
    }

    /** True if, anywhere in the run, another thread's conflicting access came into the window. */
    boolean isBroken(RunLog log) {
        Optional<LogEvent> before = window.before();
        Optional<LogEvent> after = window.after();
        if (window.between().isEmpty() || after.isEmpty()) {
            return false;
        }
        if (before.isEmpty()) {
            return outOfOrder(log);
        }
        Map<String, LogEvent> open = new HashMap<>();
        Set<String> entered = new HashSet<>();
        for (LogEvent e : log.events()) {
            if (like(e, window.between().get())) {
                open.forEach((key, opening) -> {
                    if (!e.thread().equals(opening.thread()) && bearsOn(e, opening)) {
                        entered.add(key);
                    }
                });
            }
            String key = key(e);
            if (like(e, after.get()) && open.remove(key) != null && entered.remove(key)) {
                return true;
            }
            if (like(e, before.get())) {
                open.put(key, e);
                entered.remove(key);
            }
        }
        // A thread that never came to the window's close, as in a deadlock.
        return !entered.isEmpty();
    }

    /** Without an opening: the intruder's access came before the access that should have been first. */
    private boolean outOfOrder(RunLog log) {
        LogEvent between = window.between().orElseThrow();
        LogEvent due = window.after().orElseThrow();
        for (LogEvent e : log.events()) {
            if (like(e, due) && !like(e, between)) {
                return false;
            }
            if (like(e, between)) {
                return true;
            }
        }
        return false;
    }

    /** Which window an event opens or closes: its thread's, and if it is on one thing, only that of the same thing. */
    private String key(LogEvent e) {
        return window.kind() == Window.Kind.ATOMICITY ? e.thread() + " " + e.res() + " " + e.index() : e.thread();
    }

    /** In a window on two things the intruder's access need only bear on one of them. */
    private boolean bearsOn(LogEvent e, LogEvent opening) {
        return window.kind() != Window.Kind.ATOMICITY
                || e.conflictsWith(opening)
                || e.sort() == LogEvent.Sort.MEMORY && e.sameLocation(opening);
    }

    private static boolean like(LogEvent e, LogEvent model) {
        return e.op().equals(model.op()) && Objects.equals(e.what(), model.what());
    }
}
