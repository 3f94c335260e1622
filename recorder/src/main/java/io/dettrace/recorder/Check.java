package io.dettrace.recorder;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What looks at the events of a live run: a guard, or the recorded order to be followed. Called from any thread; its own
 * lock guards what has come and what was found, and is not held while the program is told.
 */
abstract class Check {
    /** A value's event: kind, and the names of its two fields. */
    static final String VALUE_KIND = "$value";

    static final String VALUE_NAME = "name";
    static final String VALUE = "value";

    private final RecordedRun run;

    // Choices; made before the first event.
    final Set<String> ignored = new HashSet<>();
    boolean whole;

    @Nullable
    Consumer<Divergence> listener;

    private @Nullable LaneProgress progress;
    private @Nullable Divergence found;

    Check(RecordedRun run) {
        this.run = run;
    }

    /** Before {@code event} is written; may wait, and may throw a {@link DivergenceError}. */
    abstract void before(RecordedEvent event);

    /** After the event for which {@link #before} returned was written. */
    void after(RecordedEvent event) {}

    /** Waits until the next event is one of {@code lane}. */
    void awaitTurn(String lane) {}

    /** The recorded event that gives the value {@code name} in {@code lane}, or null if the real value is to be taken. */
    @Nullable
    RecordedEvent value(String lane, String name) {
        Divergence divergence;
        synchronized (this) {
            if (found != null) {
                return null;
            }
            divergence = progress().checkValue(lane, name);
            if (divergence == null) {
                RecordedEvent due = progress().due(lane);
                progress().advance(lane);
                return due;
            }
            giveUp(divergence);
        }
        tell(divergence);
        return null;
    }

    /** The run is over: whatever is missing is missed now. */
    final void finish() {
        Divergence divergence;
        boolean isNew;
        synchronized (this) {
            isNew = found == null;
            divergence = isNew ? progress().missing() : found;
            if (isNew && divergence != null) {
                giveUp(divergence);
            }
        }
        // Thrown once more here: where it was thrown first, a pool may have swallowed it.
        if (divergence != null && (isNew || listener == null)) {
            tell(divergence);
        }
    }

    /** What was found so far; after that nothing is checked any more. */
    final synchronized Optional<Divergence> found() {
        return Optional.ofNullable(found);
    }

    /** Under the lock: whether nothing was found yet. */
    final boolean isOpen() {
        return found == null;
    }

    /** Under the lock: takes {@code divergence} as the finding, and wakes who waits for a turn. */
    final void giveUp(Divergence divergence) {
        found = divergence;
        notifyAll();
    }

    /** Under the lock: how far the lanes are. */
    final LaneProgress progress() {
        LaneProgress known = progress;
        return known != null ? known : (progress = new LaneProgress(run, whole, ignored));
    }

    /** Without the lock: throws the finding, or hands it to the listener. */
    final void tell(Divergence divergence) {
        if (listener == null) {
            throw new DivergenceError(divergence);
        }
        listener.accept(divergence);
    }
}
