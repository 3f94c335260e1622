package io.dettrace.replay;

import io.dettrace.replay.Outcome.Blocked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from a log, and from what the run said itself, what each thread of a deadlock holds and waits for. */
final class Deadlocks {
    /** What the run says of a deadlock: {@code THREAD>OBJECT>HOLDER}, with {@code -} for what is not known. */
    private static final String WAITS = "waits";

    private final RunLog log;
    private final Map<String, String[]> said = new HashMap<>();

    private Deadlocks(RunLog log, String waits) {
        this.log = log;
        for (String word : waits.split(" ")) {
            String[] parts = word.split(">", -1);
            if (parts.length == 3) {
                said.put(parts[0], parts);
            }
        }
    }

    /** The threads of a deadlock with what they hold; empty for other outcomes. */
    static List<Proof.Held> of(RunResult run, RunLog log) {
        Deadlocks deadlocks = new Deadlocks(log, run.schedule().header(WAITS, ""));
        List<Proof.Held> held = new ArrayList<>();
        for (Blocked b : run.outcome().blocked()) {
            held.add(deadlocks.held(b));
        }
        return withHolders(held);
    }

    private Proof.Held held(Blocked blocked) {
        // Locks that are held, by object, in the order taken; a lock that is taken again is held until it is left as
        // often.
        Map<String, LogEvent> taken = new LinkedHashMap<>();
        Map<String, Integer> depth = new LinkedHashMap<>();
        LogEvent last = null;
        LogEvent lastBut = null;
        LogEvent waited = null;
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
            } else if (e.op().equals("wait")) {
                waited = taken.remove(e.res());
            } else if (e.op().startsWith("wait") || e.op().equals("woken")) {
                taken.put(e.res(), waited == null ? e : waited);
            } else if (leaves(e) && depth.merge(e.res(), -1, Integer::sum) <= 0) {
                taken.remove(e.res());
                depth.remove(e.res());
            }
        }
        String waitsFor = part(blocked.thread(), 1);
        // A library lock is called before it is had: the one whose call ended in parking is what the thread waits for.
        if (last != null
                && last.op().equals("park")
                && lastBut != null
                && lastBut.op().equals("call")) {
            waitsFor = waitsFor == null ? lastBut.res() : waitsFor;
            if (takes(lastBut) && depth.getOrDefault(lastBut.res(), 0) == 1) {
                taken.remove(lastBut.res());
            } else if (waitsForSignal(lastBut)) {
                // A condition gives back its own lock; which one that is, is not in the log: commonly the last one
                // taken.
                taken.values().stream()
                        .filter(e -> e.op().equals("call"))
                        .reduce((first, second) -> second)
                        .ifPresent(e -> taken.remove(e.res()));
            }
        } else if (last != null && last.op().equals("wait")) {
            waitsFor = last.res();
        }
        boolean awaits = waitsFor != null && last != null && (last.op().equals("wait") || waitsForSignal(lastBut));
        Optional<LogEvent> signal = awaits ? lastSignal(waitsFor) : Optional.empty();
        return new Proof.Held(
                blocked.thread(),
                List.copyOf(taken.values()),
                Optional.ofNullable(last),
                blocked.at(),
                Optional.ofNullable(waitsFor),
                Optional.ofNullable(part(blocked.thread(), 2)),
                awaits ? became(signal, last) : Proof.Signal.NOT_AWAITED,
                signal);
    }

    private Proof.Signal became(Optional<LogEvent> signal, LogEvent wait) {
        if (signal.isEmpty()) {
            return Proof.Signal.NEVER;
        }
        boolean early = log.events().indexOf(signal.get()) < log.events().indexOf(wait);
        return early ? Proof.Signal.TOO_EARLY : Proof.Signal.MISSED;
    }

    private static boolean waitsForSignal(@Nullable LogEvent e) {
        return e != null
                && e.op().equals("call")
                && e.what() != null
                && e.what().contains("Condition.await");
    }

    /** The last notification of an object, or signal of a condition: that it came too early, or woke another, is the fault. */
    private Optional<LogEvent> lastSignal(String object) {
        return log.events().stream()
                .filter(e -> object.equals(e.res()))
                .filter(e -> e.op().startsWith("notify") || e.op().equals("call") && named(e, "signal", "signalAll"))
                .reduce((first, second) -> second);
    }

    private @Nullable String part(String thread, int index) {
        String[] parts = said.get(thread);
        return parts == null || parts[index].equals("-") ? null : parts[index];
    }

    /** Adds who holds the library locks that others wait for, and brings what is waited for to the front. */
    private static List<Proof.Held> withHolders(List<Proof.Held> threads) {
        Set<String> wanted =
                threads.stream().flatMap(h -> h.waitsFor().stream()).collect(Collectors.toSet());
        List<Proof.Held> complete = new ArrayList<>();
        for (Proof.Held h : threads) {
            List<LogEvent> holds = new ArrayList<>(h.holds());
            holds.sort(Comparator.comparing(e -> !wanted.contains(e.res())));
            Optional<String> holder = h.holder()
                    .or(() -> threads.stream()
                            .filter(o -> !o.thread().equals(h.thread()))
                            .filter(o -> h.waitsFor().isPresent()
                                    && holds(o, h.waitsFor().get()))
                            .map(Proof.Held::thread)
                            .findFirst());
            complete.add(new Proof.Held(
                    h.thread(),
                    List.copyOf(holds),
                    h.blocked(),
                    h.at(),
                    h.waitsFor(),
                    holder,
                    h.signal(),
                    h.lastSignal()));
        }
        return complete;
    }

    /** The threads that wait for each other in a circle, in its order; empty if nobody holds what is waited for. */
    static List<Proof.Held> circle(List<Proof.Held> threads) {
        Map<String, Proof.Held> byThread = new LinkedHashMap<>();
        threads.forEach(h -> byThread.put(h.thread(), h));
        for (Proof.Held first : threads) {
            List<Proof.Held> circle = new ArrayList<>();
            Proof.Held next = first;
            while (next != null && !circle.contains(next)) {
                circle.add(next);
                next = next.holder().map(byThread::get).orElse(null);
            }
            if (next == first) {
                return circle;
            }
        }
        return List.of();
    }

    /** The threads that nobody left can let go on: they wait to be notified, or for what no thread of them holds. */
    static List<Proof.Held> stuck(List<Proof.Held> threads) {
        return threads.stream()
                .filter(h -> h.signal() != Proof.Signal.NOT_AWAITED
                        || h.waitsFor().isPresent() && h.holder().isEmpty())
                .toList();
    }

    /** What the thread holds that another one of them waits for. */
    static Optional<LogEvent> wanted(Proof.Held thread, List<Proof.Held> threads) {
        return thread.holds().stream()
                .filter(e -> threads.stream()
                        .anyMatch(o -> !o.thread().equals(thread.thread())
                                && o.waitsFor().equals(Optional.ofNullable(e.res()))))
                .findFirst();
    }

    private static boolean holds(Proof.Held thread, String object) {
        return thread.holds().stream().anyMatch(e -> Objects.equals(e.res(), object));
    }

    private static boolean takes(LogEvent e) {
        return e.op().equals("lock") || e.op().equals("call") && named(e, "lock", "lockInterruptibly", "acquire");
    }

    private static boolean leaves(LogEvent e) {
        return e.op().equals("unlock") || e.op().equals("call") && named(e, "unlock", "release");
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
