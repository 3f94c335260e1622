package io.dettrace.replay;

import io.dettrace.replay.schedule.Preemption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds, in the run under the base policy, the place at which one switch would open a window that several have opened. */
final class Mirror {
    private static final int MOST = 2;

    private Mirror() {}

    /** Switches that let another thread in where some thread is about to close the window; the first thread first. */
    static List<Preemption> of(Window window, RunLog base) {
        Optional<LogEvent> close = window.after().or(window::next);
        Optional<LogEvent> between = window.between();
        List<Preemption> found = new ArrayList<>();
        if (close.isEmpty() || between.isEmpty()) {
            return found;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < base.size() && found.size() < MOST; i++) {
            LogEvent e = base.get(i);
            if (like(e, close.get()) && seen.add(e.thread())) {
                String other = e.thread().equals(window.interrupted()) ? window.intruder() : window.interrupted();
                String to = intruder(base, i, between.get()).orElse(other);
                found.add(new Preemption(e.thread(), e.n(), to));
            }
        }
        return found;
    }

    /** The thread that later does what the intruder did; there may be none, if it finds nothing left to do. */
    private static Optional<String> intruder(RunLog base, int from, LogEvent between) {
        for (int i = from + 1; i < base.size(); i++) {
            LogEvent e = base.get(i);
            if (like(e, between) && !e.thread().equals(base.get(from).thread())) {
                return Optional.of(e.thread());
            }
        }
        return Optional.empty();
    }

    private static boolean like(LogEvent e, LogEvent model) {
        return e.op().equals(model.op())
                && Objects.equals(e.what(), model.what())
                && Objects.equals(e.at(), model.at());
    }
}
