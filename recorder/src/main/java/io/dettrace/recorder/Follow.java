package io.dettrace.recorder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of a live run follow a recorded one: each event waits until all that were recorded before it have
 * come, and values of the outside world are given back. Threads are told apart by their lanes.
 *
 * <p>Where the order cannot be followed (a thread does something else, or its event does not come within the patience), the
 * verdict says which lane was due, where its thread is, and who waits for it. After that all threads run free.
 */
public final class Follow extends Check {
    private long patienceNanos = Duration.ofSeconds(10).toNanos();

    private final List<RecordedEvent> turns = new ArrayList<>();
    private final IdentityHashMap<RecordedEvent, Integer> turnOf = new IdentityHashMap<>();
    /** By live event: the turn it claimed. */
    private final IdentityHashMap<RecordedEvent, RecordedEvent> claims = new IdentityHashMap<>();

    private final Map<String, Thread> lastThread = new HashMap<>();
    private final Map<Thread, String> waiting = new LinkedHashMap<>();
    private int position;

    private Follow(RecordedRun run) {
        super(run);
        for (RecordedEvent event : run.events()) {
            if (!event.isValue()) {
                turnOf.put(event, turns.size());
                turns.add(event);
            }
        }
    }

    /** Follows {@code run} once; by default it throws a {@link DivergenceError} where that cannot be done. */
    public static Follow order(RecordedRun run) {
        return new Follow(run);
    }

    /** How long an event waits for its turn before the order is given up; 10 seconds by default. */
    public Follow patience(Duration time) {
        patienceNanos = time.toNanos();
        return this;
    }

    /** Leaves fields out, such as times. */
    public Follow ignore(String... keys) {
        ignored.addAll(List.of(keys));
        return this;
    }

    /** Calls {@code handler}, in the thread that found out and without any lock, instead of throwing. */
    public Follow onDivergence(Consumer<Divergence> handler) {
        listener = handler;
        return this;
    }

    /** Why the order could not be followed, if it could not so far. */
    public Optional<Divergence> divergence() {
        return found();
    }

    @Override
    void before(RecordedEvent event) {
        Divergence divergence;
        synchronized (this) {
            if (!isOpen()) {
                return;
            }
            seen(event.lane());
            divergence = progress().check(event);
            if (divergence == null) {
                RecordedEvent due = Objects.requireNonNull(progress().due(event.lane()));
                int turn = Objects.requireNonNull(turnOf.get(due));
                // Claimed before the waiting: another thread of the lane gets the next one.
                claims.put(event, due);
                progress().advance(event.lane());
                divergence = await(event.lane() + " with " + event.shown(), () -> position == turn);
            }
            if (divergence == null) {
                return;
            }
            giveUp(divergence);
        }
        tell(divergence);
    }

    @Override
    synchronized void after(RecordedEvent event) {
        if (claims.remove(event) != null && isOpen()) {
            position++;
            notifyAll();
        }
    }

    @Override
    void awaitTurn(String lane) {
        Divergence divergence;
        synchronized (this) {
            if (!isOpen()) {
                return;
            }
            seen(lane);
            divergence = await(
                    lane + " before its next event",
                    () -> position >= turns.size() || turns.get(position).lane().equals(lane));
            if (divergence == null) {
                return;
            }
            giveUp(divergence);
        }
        tell(divergence);
    }

    @Override
    @Nullable
    RecordedEvent value(String lane, String name) {
        seen(lane);
        return super.value(lane, name);
    }

    private synchronized void seen(String lane) {
        lastThread.put(lane, Thread.currentThread());
    }

    /** What a thread waits for. */
    private interface Condition {
        boolean holds();
    }

    /** Waits under the lock; returns why it was in vain, or null, also if another thread has given up meanwhile. */
    private @Nullable Divergence await(String who, Condition condition) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + patienceNanos;
        Thread thread = Thread.currentThread();
        waiting.put(thread, who);
        try {
            while (isOpen() && !condition.holds()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return verdict();
                }
                try {
                    wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    // An event is no place where a program expects to be interrupted: it gets it back afterwards.
                    interrupted = true;
                }
            }
            return null;
        } finally {
            waiting.remove(thread);
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    private Divergence verdict() {
        if (position >= turns.size()) {
            return progress().divergence("", null, null, "cannot follow the recorded order: it is at its end");
        }
        RecordedEvent due = turns.get(position);
        StringBuilder sentence = new StringBuilder("cannot follow the recorded order: event ")
                .append(position)
                .append(" is due in lane ")
                .append(due.lane())
                .append(", but did not come within ")
                .append(Duration.ofNanos(patienceNanos).toMillis())
                .append(" ms; ")
                .append(whereabouts(due.lane()));
        waiting.forEach((thread, who) -> sentence.append("\n  waits: ")
                .append(who)
                .append(" (thread ")
                .append(thread.getName())
                .append(") for ")
                .append(due.lane()));
        return progress().divergence(due.lane(), due, null, sentence.toString());
    }

    private String whereabouts(String lane) {
        Thread thread = lastThread.get(lane);
        if (thread == null) {
            return "no thread has recorded anything in that lane yet";
        }
        String head = "its last thread, " + thread.getName() + ", is " + thread.getState();
        StackTraceElement[] stack = thread.getStackTrace();
        String at = stack.length == 0 ? "" : " at " + stack[0];
        for (int i = 0; i < stack.length; i++) {
            String type = stack[i].getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !isOurs(type)) {
                return head + (i == 0 ? at : at + ", called from " + stack[i]);
            }
        }
        return head + at;
    }

    private static boolean isOurs(String type) {
        return type.equals(Follow.class.getName()) || type.equals(Check.class.getName());
    }
}
