package io.dettrace.recorder;

import org.jspecify.annotations.Nullable;

/**
 * A named sequence of events: a thread, a worker, a component. Two runs are compared lane by lane, so a lane's name must
 * be the same in both; names such as {@code Thread-17} are not. May be used from any thread, and from several: its order
 * is then that of the calls to {@link Event#record}.
 */
public final class Lane {
    /** A lane that is used by more threads than this in turn keeps to the last guess: writing it costs the others. */
    private static final int MOST_GUESSES = 16;

    private final Recorder recorder;
    private final String name;
    /**
     * A writer this lane was used with: nearly always the calling thread's, and then no look-up is needed. Shared without
     * synchronisation, as only the writer's owner goes on with it.
     */
    private @Nullable ThreadWriter likely;

    private int guesses = MOST_GUESSES;

    Lane(Recorder recorder, String name) {
        this.recorder = recorder;
        this.name = name;
    }

    /** The lane's name. */
    public String name() {
        return name;
    }

    /** Begins an event of this lane; {@link Event#record} ends it. */
    public Event event(String kind) {
        ThreadWriter guess = likely;
        if (guess != null && guess.owner() == Thread.currentThread()) {
            return guess.begin(name, kind);
        }
        return writer().begin(name, kind);
    }

    private ThreadWriter writer() {
        ThreadWriter writer = recorder.writer();
        if (guesses > 0) {
            guesses--;
            likely = writer;
        }
        return writer;
    }

    /**
     * Makes this the calling thread's lane until the scope is closed: for {@link Recorder#event} and values.
     *
     * @return to be closed by the same thread
     */
    public Scope enter() {
        ThreadWriter writer = recorder.writer();
        Lane before = writer.lane();
        writer.lane(this);
        return () -> recorder.writer().lane(before);
    }

    /**
     * In a run that follows a recorded one: waits until this lane records the next event, and keeps the turn until it does.
     * Otherwise does nothing. To be called before what the next event tells of, so that not only the events follow the
     * recorded order but what they tell of.
     *
     * @throws DivergenceError if the recorded order cannot be followed
     */
    public void awaitTurn() {
        Check check = recorder.check();
        if (check != null) {
            check.awaitTurn(name);
        }
    }

    /** What ends by being closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
