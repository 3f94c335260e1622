package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the window that one decision opened, by comparing the failing run with the run that lacks only this decision. Up to
 * the first event in which they differ both runs are in the same state; there one goes on with the interrupted thread and
 * the other with the intruder.
 */
final class WindowFinder {
    private final RunLog failing;
    private final int start;
    private final String interrupted;
    private final String intruder;
    private final int end;
    private final List<LogEvent> later;

    private WindowFinder(RunLog failing, RunLog passing, int start) {
        this.failing = failing;
        this.start = start;
        interrupted = passing.get(start).thread();
        intruder = failing.get(start).thread();
        end = failing.nextOf(interrupted, start);
        later = of(failing, end);
        // Where the failing run ends before the interrupted thread does, the other run says what it was about to do.
        long done = later.isEmpty() ? -1 : later.get(later.size() - 1).n();
        if (later.isEmpty() || !later.get(later.size() - 1).op().equals("end")) {
            of(passing, start).stream().filter(e -> e.n() > done).forEach(later::add);
        }
    }

    private List<LogEvent> of(RunLog log, int from) {
        List<LogEvent> events = new ArrayList<>();
        for (int i = from; i < log.size(); i++) {
            if (log.get(i).thread().equals(interrupted)) {
                events.add(log.get(i));
            }
        }
        return events;
    }

    /** The finder for two runs; empty if they are the same, or if one is the other's beginning. */
    static Optional<WindowFinder> of(RunLog failing, RunLog passing) {
        int start = failing.firstDifference(passing);
        return start >= failing.size() || start >= passing.size()
                ? Optional.empty()
                : Optional.of(new WindowFinder(failing, passing, start));
    }

    /** The thread that had to wait. */
    String interrupted() {
        return interrupted;
    }

    /** Place in the failing log at which the runs part. */
    int start() {
        return start;
    }

    /** The interrupted thread's events behind the switch that conflict with the intrusion, in order. */
    List<LogEvent> closings() {
        return later.stream().filter(this::conflicts).toList();
    }

    /** The interrupted thread's events before the switch that conflict with the intrusion, the last one first. */
    List<LogEvent> openings() {
        List<LogEvent> found = new ArrayList<>();
        for (int i = start - 1; i >= 0; i--) {
            LogEvent e = failing.get(i);
            if (e.thread().equals(interrupted) && conflicts(e)) {
                found.add(e);
            }
        }
        return found;
    }

    private boolean conflicts(LogEvent e) {
        for (int i = start; i < end; i++) {
            if (failing.get(i).conflictsWith(e)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The window, its ends at or outside given events.
     *
     * @param opening the interrupted thread's event before which the intruder does no harm, or null if not known
     * @param closing the interrupted thread's event after which the intruder does no harm, or null if not known
     * @param decisive the intruder's event before which it does no harm, or null if not known
     */
    Window window(
            Decision decision, @Nullable LogEvent opening, @Nullable LogEvent closing, @Nullable LogEvent decisive) {
        List<LogEvent> closings = closings().stream()
                .filter(e -> closing == null || e.n() >= closing.n())
                .toList();
        List<LogEvent> openings = openings().stream()
                .filter(e -> opening == null || e.n() <= opening.n())
                .toList();
        LogEvent after = best(closings);
        LogEvent before = before(opening, openings, after);
        LogEvent between = decisive != null
                ? decisive
                : rivals(before, after).stream().findFirst().orElse(null);
        return new Window(
                        decision,
                        kind(before, between, after),
                        interrupted,
                        between != null ? between.thread() : intruder,
                        Optional.ofNullable(before),
                        Optional.ofNullable(between),
                        Optional.ofNullable(second(before, between, after)),
                        Optional.ofNullable(after),
                        last(),
                        later.stream().findFirst(),
                        end - start,
                        List.copyOf(failing.events().subList(start, Math.min(end, start + Window.SHOWN))),
                        false,
                        false,
                        false)
                .tried(closing != null, opening != null, closing != null && closing.equals(after));
    }

    private Optional<LogEvent> last() {
        for (int i = start - 1; i >= 0; i--) {
            if (failing.get(i).thread().equals(interrupted)) {
                return Optional.of(failing.get(i));
            }
        }
        return Optional.empty();
    }

    /** The first of the most telling sort. */
    private static @Nullable LogEvent best(List<LogEvent> events) {
        LogEvent best = null;
        for (LogEvent e : events) {
            if (best == null || e.sort().compareTo(best.sort()) < 0) {
                best = e;
            }
        }
        return best;
    }

    /**
     * The access that opens the window: the one that experiment has shown, unless it is only a lock's; else of the same thing
     * as the close, also one that merely looks and so conflicts with nothing (check, then act); else of another thing.
     */
    private @Nullable LogEvent before(@Nullable LogEvent opening, List<LogEvent> openings, @Nullable LogEvent after) {
        if (opening != null && opening.sort().compareTo(LogEvent.Sort.SYNC) < 0) {
            return opening;
        }
        LogEvent partner = openings.isEmpty() ? null : partner(openings, after);
        if (after == null || partner != null && sameThing(partner, after)) {
            return partner;
        }
        for (int i = start - 1; i >= 0 && after.sort() == LogEvent.Sort.MEMORY; i--) {
            LogEvent e = failing.get(i);
            boolean early = opening == null || e.n() <= opening.n();
            if (early && e.thread().equals(interrupted) && e.sort() == after.sort() && sameThing(e, after)) {
                return e;
            }
        }
        return partner;
    }

    /** The access that belongs together with {@code after}: of the same thing if there is one. */
    private static @Nullable LogEvent partner(List<LogEvent> openings, @Nullable LogEvent after) {
        if (after != null) {
            for (LogEvent e : openings) {
                if (e.sort() == after.sort() && sameThing(e, after)) {
                    return e;
                }
            }
        }
        return best(openings);
    }

    static boolean sameThing(LogEvent a, LogEvent b) {
        return a.sort() == LogEvent.Sort.MEMORY
                ? a.sameLocation(b)
                : a.res() != null && a.res().equals(b.res());
    }

    /** The intruder's most telling accesses: memory before locks, conflicts with both ends before one, writes before reads. */
    private List<LogEvent> rivals(@Nullable LogEvent before, @Nullable LogEvent after) {
        List<LogEvent> best = new ArrayList<>();
        int points = 1;
        for (int i = start; i < end; i++) {
            LogEvent e = failing.get(i);
            boolean opens = before != null && e.conflictsWith(before);
            boolean closes = after != null && e.conflictsWith(after);
            int p = opens || closes
                    ? 10 * (LogEvent.Sort.OTHER.ordinal() - e.sort().ordinal())
                            + (opens && closes ? 4 : 0)
                            + (closes ? 2 : 0)
                            + (e.op().equals("write") ? 1 : 0)
                    : 0;
            if (p > points) {
                points = p;
                best.clear();
            }
            if (p == points) {
                best.add(e);
            }
        }
        return best;
    }

    /** The intruder's accesses of which any could be the one that matters, in order, given the window's ends. */
    List<LogEvent> rivals(Window window) {
        return rivals(window.before().orElse(null), window.after().orElse(null));
    }

    /** The same thread's first access that conflicts with the end with which {@code between} does not. */
    private @Nullable LogEvent second(@Nullable LogEvent before, @Nullable LogEvent between, @Nullable LogEvent after) {
        if (between == null || before == null || after == null) {
            return null;
        }
        LogEvent other = between.conflictsWith(after) ? before : after;
        if (between.conflictsWith(other)) {
            return null;
        }
        for (int i = start; i < end; i++) {
            LogEvent e = failing.get(i);
            if (e.thread().equals(between.thread()) && e.conflictsWith(other)) {
                return e;
            }
        }
        return null;
    }

    private static Window.Kind kind(@Nullable LogEvent before, @Nullable LogEvent between, @Nullable LogEvent after) {
        if (between == null) {
            return Window.Kind.UNKNOWN;
        }
        if (before == null || after == null) {
            return Window.Kind.ORDER;
        }
        return sameThing(before, after) ? Window.Kind.ATOMICITY : Window.Kind.ATOMICITY_OF_SEVERAL;
    }
}
