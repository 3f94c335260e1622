package io.dettrace.replay;

import io.dettrace.replay.Outcome.Blocked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a log what each thread of a deadlock holds. */
final class Deadlocks {
    private Deadlocks() {}

    /** The threads of a deadlock with what they hold; empty for other outcomes. */
    static List<Proof.Held> of(Outcome outcome, RunLog log) {
        List<Proof.Held> held = new ArrayList<>();
        for (Blocked b : outcome.blocked()) {
            held.add(held(b, log));
        }
        return held;
    }

    private static Proof.Held held(Blocked blocked, RunLog log) {
        // Locks that are held, by object, in the order taken; a lock that is taken again is held until it is left as
        // often.
        Map<String, LogEvent> taken = new LinkedHashMap<>();
        Map<String, Integer> depth = new LinkedHashMap<>();
        LogEvent last = null;
        LogEvent lastBut = null;
        for (LogEvent e : log.events()) {
            if (!e.thread().equals(blocked.thread())) {
                continue;
            }
            lastBut = last;
            last = e;
            if (e.res() == null) {
                continue;
            }
            if (takes(e)) {
                taken.putIfAbsent(e.res(), e);
                depth.merge(e.res(), 1, Integer::sum);
            } else if (leaves(e) && depth.merge(e.res(), -1, Integer::sum) <= 0) {
                taken.remove(e.res());
                depth.remove(e.res());
            }
        }
        Optional<LogEvent> waits = Optional.ofNullable(last);
        // A library lock is called before it is had: the one whose call ended in parking is what the thread waits for.
        if (last != null
                && last.op().equals("park")
                && lastBut != null
                && takes(lastBut)
                && depth.getOrDefault(lastBut.res(), 0) == 1) {
            taken.remove(lastBut.res());
        }
        return new Proof.Held(blocked.thread(), taken.values().stream().findFirst(), waits, blocked.at());
    }

    private static boolean takes(LogEvent e) {
        return e.op().equals("lock") || e.op().equals("call") && named(e, "lock", "lockInterruptibly", "acquire");
    }

    private static boolean leaves(LogEvent e) {
        return e.op().equals("unlock")
                || e.op().equals("wait")
                || e.op().equals("call") && named(e, "unlock", "release");
    }

    private static boolean named(LogEvent e, String... names) {
        String what = e.what();
        if (what == null) {
            return false;
        }
        for (String name : names) {
            if (what.endsWith("." + name)) {
                return true;
            }
        }
        return false;
    }
}
