package io.dettrace.recorder;

import java.util.List;
import java.util.Optional;
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
public final class Guard extends Check {
    private boolean realValues;

    private Guard(RecordedRun run) {
        super(run);
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
            divergence = progress().check(event);
            if (divergence == null) {
                progress().advance(event.lane());
                return;
            }
            giveUp(divergence);
        }
        tell(divergence);
    }

    @Override
    @Nullable
    RecordedEvent value(String lane, String name) {
        RecordedEvent given = super.value(lane, name);
        return realValues ? null : given;
    }
}
