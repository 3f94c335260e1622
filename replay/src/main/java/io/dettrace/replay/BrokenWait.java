package io.dettrace.replay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The window in a thread that failed right behind a wait: between its notification and its waking another thread took what
 * it was notified of, and it did not look again. No switch interrupts that thread, it waits of itself; so the switches show
 * only who came first. The pattern is "wait not in a loop" of Farchi, Nir and Ur, "Concurrent Bug Patterns and How to Test
 * Them" (IPDPS 2003).
 */
final class BrokenWait {
    private final RunLog log;
    private final String thread;

    private int waits = -1;
    private int wakes = -1;
    private int notified = -1;

    private BrokenWait(RunLog log, String thread) {
        this.log = log;
        this.thread = thread;
    }

    /**
     * The window of the thread that failed, if it waited in the method that failed.
     *
     * @param failure how the run failed
     * @param log the failing run
     * @param instead the window that the switches show
     */
    static Optional<Window> find(Outcome failure, RunLog log, Window instead) {
        if (failure.kind() != Outcome.Kind.FAILURE) {
            return Optional.empty();
        }
        for (int i = log.size() - 1; i >= 0; i--) {
            LogEvent e = log.get(i);
            if (isWait(e) && failedIn(failure, e) && !e.thread().equals(instead.interrupted())) {
                BrokenWait search = new BrokenWait(log, e.thread());
                return search.around(i) ? search.window(instead) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isWait(LogEvent e) {
        return e.op().equals("wait") || isCall(e, "Condition.await");
    }

    private static boolean isCall(LogEvent e, String name) {
        return e.op().equals("call") && e.what() != null && e.what().contains(name);
    }

    private static boolean failedIn(Outcome failure, LogEvent e) {
        int paren = e.place().indexOf('(');
        return paren > 0 && failure.detail().contains(" at " + e.place().substring(0, paren + 1));
    }

    /** Finds the waking and the notification that belong to a wait. */
    private boolean around(int wait) {
        waits = wait;
        for (int i = wait + 1; i < log.size() && wakes < 0; i++) {
            LogEvent e = log.get(i);
            if (e.thread().equals(thread)) {
                wakes = e.op().equals("park") ? -1 : i;
            } else if (log.get(wait).res() != null
                    && log.get(wait).res().equals(e.res())
                    && (e.op().startsWith("notify") || isCall(e, "Condition.signal"))
                    && notified < 0) {
                notified = i;
            }
        }
        return wakes >= 0 && notified >= 0;
    }

    private Optional<Window> window(Window instead) {
        for (int i = wakes; i < log.size(); i++) {
            LogEvent after = log.get(i);
            LogEvent between = after.thread().equals(thread) ? taken(after) : null;
            LogEvent before = between == null ? null : looked(after);
            if (between != null && before != null) {
                return Optional.of(new Window(
                        instead.decision(),
                        Window.Kind.ATOMICITY,
                        thread,
                        between.thread(),
                        Optional.of(before),
                        Optional.of(between),
                        Optional.empty(),
                        Optional.of(after),
                        Optional.of(log.get(waits)),
                        Optional.of(log.get(wakes)),
                        wakes - waits - 1,
                        List.copyOf(log.events().subList(notified, Math.min(wakes, notified + Window.SHOWN))),
                        false,
                        false,
                        false));
            }
        }
        return Optional.empty();
    }

    /** The last access between notification and waking that conflicts. */
    private @Nullable LogEvent taken(LogEvent after) {
        for (int i = wakes - 1; i > notified; i--) {
            if (log.get(i).conflictsWith(after) && after.sort().compareTo(LogEvent.Sort.SYNC) < 0) {
                return log.get(i);
            }
        }
        return null;
    }

    /** The thread's own access of the same thing before it waited. */
    private @Nullable LogEvent looked(LogEvent after) {
        for (int i = waits; i >= 0; i--) {
            LogEvent e = log.get(i);
            if (e.thread().equals(thread) && e.sort() == after.sort() && WindowFinder.sameThing(e, after)) {
                return e;
            }
        }
        return null;
    }
}
