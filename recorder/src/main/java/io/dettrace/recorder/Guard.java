package io.dettrace.recorder;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a live run against a recorded one, event by event, in whatever thread the event is. The first event in time that
 * differs is the finding; what comes after it is not checked.
 *
 * <pre>
 * Guard guard = Guard.against(RecordedRun.read(file));
 * try (Recorder recorder = Recorder.withoutFiles().guard(guard).open()) {
 *     run(recorder);
 * }
 * </pre>
 *
 * <p>Each lane must have the recorded events in the recorded order; how lanes interleave is free, unless
 * {@link #wholeOrder} is said. Links are not compared. Values of the outside world are given back as recorded.
 */
public final class Guard {
    private final RecordedRun run;
    private final Set<String> ignored = new HashSet<>();
    private boolean whole;
    private boolean realValues;
    private @Nullable Consumer<Divergence> listener;
    private @Nullable LaneProgress progress;
    private @Nullable Divergence found;

    private Guard(RecordedRun run) {
        this.run = run;
    }

    /** A guard of one live run; by default it throws a {@link DivergenceError} at the event that differs. */
    public static Guard against(RecordedRun run) {
        return new Guard(run);
    }

    /** Checks the order of all events too, not only of those in each lane. */
    public Guard wholeOrder() {
        whole = true;
        return this;
    }

    /** Leaves fields out, such as times. */
    public Guard ignore(String... keys) {
        ignored.addAll(List.of(keys));
        return this;
    }

    /** Takes real values of the outside world, and checks only that the same ones are asked for. */
    public Guard realValues() {
        realValues = true;
        return this;
    }

    /** Calls {@code handler}, in the thread whose event differs and without any lock, instead of throwing. */
    public Guard onDivergence(Consumer<Divergence> handler) {
        listener = handler;
        return this;
    }

    /** What differs, if anything does so far. */
    public synchronized Optional<Divergence> divergence() {
        return Optional.ofNullable(found);
    }

    /** What the recorder calls; not part of what a program sees. */
    Check check() {
        return new Check() {
            @Override
            public void before(RecordedEvent event) {
                Guard.this.before(event);
            }

            @Override
            public void after(RecordedEvent event) {
                // A guard has seen it before.
            }

            @Override
            public @Nullable RecordedEvent value(String lane, String name) {
                return Guard.this.value(lane, name);
            }

            @Override
            public void finish() {
                Guard.this.finish();
            }
        };
    }

    private void before(RecordedEvent event) {
        Divergence divergence;
        synchronized (this) {
            if (found != null) {
                return;
            }
            divergence = progress().check(event);
            if (divergence == null) {
                progress().advance(event.lane());
                return;
            }
            found = divergence;
        }
        tell(divergence);
    }

    private @Nullable RecordedEvent value(String lane, String name) {
        Divergence divergence;
        synchronized (this) {
            if (found != null) {
                return null;
            }
            divergence = progress().checkValue(lane, name);
            if (divergence == null) {
                RecordedEvent due = progress().due(lane);
                progress().advance(lane);
                return realValues ? null : due;
            }
            found = divergence;
        }
        tell(divergence);
        return null;
    }

    private void finish() {
        Divergence divergence;
        boolean isNew;
        synchronized (this) {
            isNew = found == null;
            divergence = isNew ? progress().missing() : found;
            found = divergence;
        }
        // Thrown once more here: where it was thrown first, a pool may have swallowed it.
        if (divergence != null && (isNew || listener == null)) {
            tell(divergence);
        }
    }

    private LaneProgress progress() {
        LaneProgress known = progress;
        return known != null ? known : (progress = new LaneProgress(run, whole, ignored));
    }

    private void tell(Divergence divergence) {
        if (listener == null) {
            throw new DivergenceError(divergence);
        }
        listener.accept(divergence);
    }
}
